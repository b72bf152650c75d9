# What people owe and have done.

home-title = My tasks
home-eyebrow = My tasks
home-greeting = Hello, { $name }
home-next = Your next step
home-minutes = { $minutes ->
    [one] about one minute
   *[other] about { $minutes } minutes
}
home-due = due { $weekday }, { $due }
home-go-course = Go to the course
home-go-policy = Read the policy
home-nothing = Nothing to do.
home-nothing-more = We will write to you when something comes up.
home-owed = To do
home-done = Done
home-why = Why me?
home-declined = you declined
home-zone = Days end at midnight in { $zone }

state-complete_on_time = Done
state-complete_late = { $days ->
    [one] Done, one day late
   *[other] Done, { $days } days late
}
state-withdrawn = Withdrawn
state-overdue_at_exit = Not done
state-left_before_due = No longer owed
state-paused = Not due while on leave
state-overdue = { $days ->
    [one] Overdue by one day
   *[other] Overdue by { $days } days
}
state-due_soon = { $days ->
    [0] Due today
    [one] Due tomorrow
   *[other] Due in { $days } days
}
state-open = To do
state-not_open = Opens later

record-title = My record
record-lede = What you have done and signed. It stays here for good.
record-kept = Certificates and receipts
record-caption = Newest first
record-what = What
record-kind = Kind
record-version = Version
record-when = When
record-evidence-attempt = Certificate
record-evidence-lessons = Certificate
record-evidence-attestation = Receipt
record-empty = Nothing yet
record-empty-help = Your certificates and receipts will be kept here.
record-about = About me
record-about-help = This comes from HR. If something is wrong, ask HR to correct it.

why-eyebrow = Why me?
why-title = Why is “{ $title }” on my list?
why-conditions = It is owed by everybody who meets all of these conditions, and you do:
why-everybody = It is owed by everybody who works here.
why-field-kind = kind of engagement
why-field-department = department
why-field-location = location
why-field-country = country
why-field-legal_entity = company
why-field-job_role = job role
why-op-in = is one of
why-op-not_in = is none of
why-rule-launch = It came into force on { $in_force }, when you were here already.
why-rule-joiner = You started on { $start }, after it came into force.
why-rule-entered = It has bound you since your position changed.
why-rule-rolling = You completed it last on { $last }, and it is owed again { $months } months later.
why-rule-revised = The text changed in a way that matters, from { $date } on, after you had done it.
why-due = That makes it due on { $date }.
why-moved-leave = Because of your leave it is due later: on { $weekday }, { $date }.
why-moved-revised = Because the text changed in a way that matters, there is more time: until { $weekday }, { $date }.
why-zone = The day ends at midnight in { $zone }.
why-assigned = It was assigned to you on { $date }.
why-other-title = Why does { $name } owe “{ $title }”?
why-other-conditions = It is owed by everybody who meets all of these conditions, as this person does:
why-other-rule-launch = It came into force on { $in_force }, when this person was here already.
why-other-rule-joiner = This person started on { $start }, after it came into force.
why-other-rule-entered = It has bound this person since their position changed.
why-other-rule-rolling = This person completed it last on { $last }, and it is owed again { $months } months later.
why-other-rule-revised = The text changed in a way that matters, from { $date } on, after this person had done it.
why-other-moved-leave = Because of a leave it is due later: on { $weekday }, { $date }.
why-other-moved-revised = Because the text changed in a way that matters, there is more time: until { $weekday }, { $date }.
why-other-assigned = It was assigned on { $date }.
why-go-course = Go to the course
why-go-policy = Go to the policy

programme-title = Programme
programme-lede = Who owes what, how often and by when. Changed with: avow programme apply programme.toml
programme-caption = Requirements and the rule of each that is in force
programme-requirement = Requirement
programme-kind = Kind
programme-from = In force from
programme-cadence = How often
programme-rolling = { $months ->
    [one] every month, counted from the last time
   *[other] every { $months } months, counted from the last time
}
programme-once = once
programme-days = Days to do it
programme-days-value = { $launch } at launch, { $joiner } for joiners
programme-audience = Who
programme-and-one-of = and one of these:
programme-one-of = one of these:
programme-everybody = everybody
programme-rule = Rule
programme-empty = There are no requirements
programme-empty-help = Add them with: avow programme apply programme.toml
