# Words of the page frame, of dates, of error pages and of every mail.

weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

language-en = English
language-vi = Vietnamese

frame-skip = Skip to the content
frame-menu = Menu
frame-main = Main
frame-language = Language
frame-sign-out = Sign out
frame-environment = Environment
frame-environment-demo = Demo with invented people. Nothing here counts.
frame-environment-development = Development. Nothing here counts.
frame-environment-staging = Rehearsal (staging). Nothing here counts.
frame-environment-test = Test. Nothing here counts.

nav-home = My tasks
nav-record = My record
nav-policies = Policies
nav-team = My team
nav-people = People
nav-reports = Reports
nav-programme = Programme
nav-library = Library
nav-operations = Operations

page-list = Pages
page-previous = Previous
page-next = Next
page-of = Page { $page } of { $pages }

problem-home = Go to my tasks
problem-request-id = If you ask for help, give this number:
problem-400 = That did not work
problem-400-message = We could not understand the request. Nothing was changed. Go back and try again.
problem-401 = You are signed out
problem-signed-out = Your session has ended, so nothing was changed. Sign in again and repeat the last step.
problem-403 = This form is no longer valid
problem-form = The form was open for too long, or did not come from this site. Nothing was changed. Go back, load the page again and send it once more.
problem-404 = Not found
problem-404-message = There is no page here, or it is not yours to see. Check the address, or start from your tasks.
problem-405 = This cannot be done here
problem-408 = That took too long
problem-408-message = The request did not arrive in time, so nothing was changed. Send it once more; a better connection may help.
problem-409 = Something has changed in the meantime
problem-409-message = What you wanted to change is no longer as it was. Nothing was changed. Load the page again.
problem-413 = That is too large
problem-413-message = What you sent is larger than this page takes. Nothing was changed.
problem-429 = Too many requests at once
problem-429-message = Your network asked for more than we answer at a time. Nothing was changed. Wait a moment, then try again.
problem-500 = Something went wrong on our side
problem-500-message = We could not finish this. What you saved before is kept. Try again; if it happens again, tell the people who run Avow.
problem-503 = One moment, please
problem-503-message = The database is not answering right now. What you saved before is kept. Try again in a few seconds.
problem-answered = This form was answered before, and that answer stays. To change your mind, open the policy once more from your tasks.
problem-fields = Some fields of the form are missing or unknown. Nothing was changed. Go back, load the page again and send it once more.
problem-not-started = You have not started this course yet. Open it from your tasks and start it.
problem-not-completed = You can answer once you have completed this course. Open it from your tasks.
problem-lessons-left = The quiz opens when all lessons are done. Go back to the course.
problem-state = There is no such status. Choose one of the list on the page.
problem-as-of = The date cannot be read, or lies in the future. Write a day such as 2026-03-31.

mail-greeting = Hello { $name },
mail-footer = Sent by the security training system of { $organisation }. This mailbox is not read.

# What changed, said to the ear.
changes-added = [added:
changes-removed = [removed:
changes-end = ]
