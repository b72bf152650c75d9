# Reminder mails.

reminder-subject = { $count ->
    [one] To do by { $due }: { $title }
   *[other] { $count } things to do, the first by { $due }
}
reminder-subject-overdue = { $count ->
    [one] Overdue: { $title }
   *[other] { $count } things to do, some of them overdue
}
reminder-intro = { $count ->
    [one] One thing is waiting for you at { $organisation }:
   *[other] { $count } things are waiting for you at { $organisation }:
}
reminder-due = due { $due }
reminder-go = You can do it here:
reminder-button = Go to my tasks
reminder-careful = You would rather not click a link in a mail? Good. Type { $intranet } into your browser instead.
reminder-wrong = If this is not for you, or you cannot do it in time, write to { $email }.
