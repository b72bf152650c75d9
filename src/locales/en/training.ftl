# Taking a course.

course-eyebrow = Course
course-changes = New in this version:
course-done = You have completed this course.
course-certificate = See your certificate
course-lessons = { $count ->
    [one] one lesson
   *[other] { $count } lessons
}
course-questions = { $count ->
    [one] a quiz of one question
   *[other] a quiz of { $count } questions
}
course-due = due { $date }
course-progress = { $done } of { $total } lessons done
course-minutes = { $minutes ->
    [one] about one minute
   *[other] about { $minutes } minutes
}
course-minutes-left = { $minutes ->
    [one] about one minute left
   *[other] about { $minutes } minutes left
}
course-start = Start the course
course-contents = Lessons
course-lesson-done = done
course-lesson-current = you stopped here
course-go-on = Go on where you stopped
course-quiz = Quiz
course-quiz-about = { $questions } questions. You pass with { $pass } per cent right answers. You can try as often as you like, and stop at any time: your answers are kept.
course-quiz-begin = Go to the quiz
course-quiz-again = Take the quiz again
course-quiz-later = The quiz opens when all lessons are done.

lesson-of = lesson { $number } of { $total }
lesson-missing = Answer the questions of this lesson first
lesson-missing-question = Go to a question without an answer
lesson-answer = Answer
lesson-answer-again = Answer again
scenario = What would you do?
scenario-chosen = You chose:
scenario-good = A good ending.
scenario-poor = This could have ended better.
scenario-again = Try another way if you like.
scenario-not-ended = Choose what you would do, until the scene ends.
lesson-answer-first = Answer the questions above; then go on.
lesson-finish-next = Done. Go on to “{ $title }”
lesson-finish-last = Done. Back to the course
lesson-nav = Lessons
lesson-previous = Back to “{ $title }”
lesson-back = All lessons

answer-right = Right answer
answer-wrong = Your answer, not right
answer-all-right = That is right.
answer-not-right = Not quite.

attempt-number = attempt { $number }
attempt-lede = Take your time. You pass with { $pass } per cent right answers.
attempt-missing = Some questions have no answer yet
attempt-missing-question = Go to question { $number }
attempt-no-answer = Choose an answer
attempt-saved = Your answers are kept.
attempt-saved-more = You can stop here and come back.
attempt-submit = Hand in
attempt-save = Keep my answers for later

result-passed = Passed
result-not-passed = Not passed yet
result-score = { $right } of { $total } right
result-points = { $points } points, with answers that were right in part.
result-needed = You need { $needed } right answers to pass.
result-critical = You had a critical question wrong; critical questions have to be right.
result-is-critical = This question has to be right
result-home = To my tasks
result-again = Try again
result-lessons = Read the lessons again
result-wrong = What was not right, and why

certificate-title = Certificate of completion
certificate-completed = has completed
certificate-when = Completed
certificate-by = Issued by
certificate-version = Version of the course
certificate-number = Number
certificate-hash = Hash of the course's text

survey-title = What do you think of this course?
survey-heading = Two questions, if you like
survey-anonymous = Your answers are anonymous: we count how often each answer was given, not who gave it. Afterwards nobody can change or look up what you answered, you included.
survey-useful = Was this course useful for your work?
survey-useful-low = not at all
survey-useful-high = very useful
survey-clear = Was it clear?
survey-clear-low = not at all
survey-clear-high = very clear
survey-send = Send anonymously
survey-missing = Choose an answer to at least one question.
survey-thanks = Thank you.
survey-counted = Your answer is counted. It helps the authors to improve the course.
