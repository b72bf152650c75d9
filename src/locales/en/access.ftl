# Signing in.

sign-in-title = Sign in
sign-in-lede = There is no password. We mail you a link that signs you in.
sign-in-email = Your work email address
sign-in-email-hint = The one your organisation has for you.
sign-in-button = Mail me a link
sign-in-wrong-title = There is one thing to correct
sign-in-wrong = Enter an email address, such as name@example.org

sent-title = Check your mailbox
sent-lede = If { $email } belongs to somebody who works here, a sign-in link is on its way.
sent-once = { $minutes ->
    [one] The link works once, for one minute.
   *[other] The link works once, for { $minutes } minutes.
}
sent-nothing = Nothing came? Look in the spam folder, check the address, or write to { $email }.
sent-again = Ask for a new link

link-title = Sign in
link-lede = This link signs in { $name }.
link-button = Sign in
link-dead-title = This link does not work any more
link-dead = A link works once and only for a few minutes. Ask for a new one; it takes seconds.

link-mail-subject = Your sign-in link for { $organisation }
link-mail-intro = Open this link to sign in to the security training of { $organisation }:
link-mail-button = Sign in
link-mail-once = { $minutes ->
    [one] It works once, within one minute. Opening it shows a page with a button; only the button signs you in.
   *[other] It works once, within { $minutes } minutes. Opening it shows a page with a button; only the button signs you in.
}
link-mail-stranger = You did not ask for this? Then do nothing: without the link nobody gets in. If it happens again, tell { $email }.

method-mailed-link = Mailed sign-in link
method-terminal-link = Sign-in link from the server's terminal
method-demo-link = Demo link

sign-in-kept = Your session had ended before your form arrived. It is kept: sign in, and you can send it.

kept-title = Your form is still here
kept-refusal = It says that you decline a policy.
kept-quiz = It holds your answers to a quiz.
kept-lesson = It holds what you did in a lesson.
kept-form = It is what you sent last.
kept-lede = Your session had ended before it arrived, so nothing has been recorded yet. Send it now, or discard it.
kept-send = Send it now
kept-discard = Discard it

invitation-title = Welcome to Avow
invitation-lede = You were invited to this installation as { $role }. Tell us who you are; then you are signed in.
invitation-wrong-title = Please correct this
invitation-wrong-name = Enter a given name and a family name
invitation-wrong-email = Enter an email address, such as name@example.org
invitation-wrong-hr_id = Enter the number that HR has for you
invitation-wrong-known = Somebody with this number is in the roster already. Grant the role on the terminal instead: avow access grant
invitation-wrong-taken = Somebody in the roster has this address already. Enter your own
invitation-given-name = Given name
invitation-family-name = Family name
invitation-email = Work email address
invitation-hr-id = Your number in the HR system
invitation-hr-id-hint = When HR’s file is imported, this number tells that you are the same person.
invitation-button = Join and sign in
invitation-dead = An invitation works once and only for one day. Ask for a new one on the server’s terminal.

role-hr = HR
role-compliance = compliance officer
role-author = author
role-auditor = auditor
role-administrator = administrator
