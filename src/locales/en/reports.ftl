# Reports, teams, operations.

report-as-of = as of { $instant }

report-end-of = the end of { $day }

overview-title = Reports
overview-progress = { $done } of { $counted } done ({ $rate })
overview-list = { $count ->
    [one] Show the one assignment
   *[other] Show all { $count } assignments
}
overview-departments = By department
overview-departments-caption = Assignments by department, all requirements together
overview-no-department = No department
overview-assigned = Assigned
overview-done = Done
overview-owed = To do
overview-overdue = Of which overdue
overview-declined = Declined
overview-declined-caption = Who declines to attest, and why
overview-declined-reason = Reason
overview-empty = Nothing is assigned
overview-empty-help = Import people and apply a programme; assignments follow within the hour, or at once with: avow programme evaluate

filter-all = All
filter-state-done = Done (all)
filter-state-owed = To do (all)
filter-state-complete_on_time = Done on time
filter-state-complete_late = Done late
filter-state-withdrawn = Withdrawn
filter-state-overdue_at_exit = Overdue when leaving
filter-state-left_before_due = Left before due
filter-state-paused = On leave
filter-state-overdue = Overdue
filter-state-due_soon = Due within 7 days
filter-state-open = Open
filter-state-not_open = Not open yet

completion-title = Completion
completion-definition = one row for each assignment: person × requirement × cycle
completion-filter = Filter
completion-as-of = As of the end of
completion-filter-button = Filter
completion-zip = Export: CSV with manifest
completion-manifest = Manifest
completion-caption = { $total ->
    [one] { $total } assignment
   *[other] { $total } assignments
}
completion-due = Due
completion-completed = Completed
completion-days = Days late
completion-declined = declined
completion-empty = No assignment fits the filter
completion-empty-help = Show all

team-title = My team
team-lede = { $count ->
    [one] One person in your line, { $overdue } with something overdue.
   *[other] { $count } people in your line, { $overdue } with something overdue.
}
team-show = Show
team-show-all = Everybody
team-show-owed = With something to do
team-show-overdue = With something overdue
team-none = Nobody fits this filter
team-caption = Everybody who reports to you or to somebody below you, and the contractors they sponsor
team-status = Status
team-due = due { $date }
team-nothing = Nothing assigned
team-empty = Nobody reports to you
team-empty-help = People appear here when HR names you as their manager or sponsor.

operations-title = Operations
operations-waiting = { $count ->
    [one] one job waiting
   *[other] { $count } jobs waiting
}
operations-dead = Given up
operations-dead-caption = Jobs that failed for good, newest first
operations-none-dead = No job was given up.
operations-job = Job
operations-when = When
operations-attempts = Tries
operations-error = What went wrong
operations-action = What to do
operations-retry = Try again
operations-schedule = Schedule
operations-schedule-caption = What runs by itself, and when next
operations-next = Next
operations-no-schedule = Nothing has run yet.
operations-mails = Mails of the last day
operations-mail-folder = No mail server is set: mails are written to
operations-smtp = Mails go to the mail server.
operations-no-mails = None.
mail-kind-sign-in-link = Sign-in links
mail-kind-receipt = Receipts
mail-kind-reminder = Reminders
