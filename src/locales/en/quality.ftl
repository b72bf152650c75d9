# How good the questions of a course are.

quality-title = Questions of “{ $course }”
quality-lede = What people's first answers say of each question. Whatever should be looked at comes first.
quality-questions = { $count ->
    [one] one question
   *[other] { $count } questions
}
quality-measured = { $count ->
    [one] one with { $fewest } answers or more
   *[other] { $count } with { $fewest } answers or more
}
quality-flagged = { $count ->
    [0] none to look at
    [one] one to look at
   *[other] { $count } to look at
}
quality-versions = Versions
quality-caption = First answers only; later attempts do not count
quality-question = Question
quality-place = Where
quality-check = knowledge check
quality-answers = Answers
quality-right = Right the first time
quality-interval = 95 % interval
quality-discrimination = Discrimination
quality-marks = Look at
quality-per-cent = { $number } %
quality-few-answers = fewer than { $fewest } answers
quality-empty = This version asks nothing
quality-empty-help = Questions in lessons and in the quiz appear here.
quality-each = Each question
quality-from = { $count ->
    [one] one first answer
   *[other] { $count } first answers
}
quality-legend = First bar: share of wholly right answers, with its 95 % interval and the limits at 40 and 97 per cent. Below: share of people who chose each answer; ✓ is right.
quality-numbers = Right the first time: { $share } (95 % interval { $interval }).
quality-numbers-more = Discrimination { $discrimination }.
quality-chart = Right the first time: { $share }, 95 % interval { $interval }. Chosen: { $answers }.
quality-chart-right = { $answer } (right) { $share }
quality-chart-wrong = { $answer }: { $share }
quality-answer = Answer
quality-chosen = Chosen
quality-share = Share
quality-is-right = right
quality-dead = dead answer
quality-flag-suspect = suspect key
quality-flag-hard = unclear or wrong key
quality-flag-weak = review
quality-flag-easy = teaches nothing
quality-flag-dead = dead answer: { $answers }
quality-scenarios = Scenarios
quality-scenarios-caption = How each scene ended for people the first time they came to an end
quality-scenario = Scenario
quality-endings = Endings
quality-ended-well = Ended well
quality-few-endings = fewer than { $fewest } endings
quality-survey = What people say
quality-survey-about = Whoever completes the course may answer two questions, anonymously, from 1 to 5.
quality-ends-useful = 1: not at all, 5: very useful
quality-ends-clear = 1: not at all, 5: very clear
quality-mean = { $count ->
   *[other] Mean { $mean } of 5, from { $count } answers
}
quality-few-voices = fewer than { $fewest } answers
quality-review = Review
quality-review-last = Last review
quality-review-none = Not reviewed yet
quality-review-outcome = Outcome
quality-outcome-unchanged = Good as it is
quality-outcome-change = A new version is needed
quality-review-threats = Threats considered
quality-review-notes = Notes
quality-review-next = Next review due
quality-reading = How to read this
quality-reading-first = Only the first answer of each person in each run of the course counts: afterwards people have seen the feedback. A question with several right answers is right when exactly those were chosen. Below 30 answers nothing is shown, below 5 in the survey: few people could be recognised, and few answers say little.
quality-reading-interval = The interval says how sure the share is: with more people like these it would come to lie within it in 95 of 100 cases.
quality-reading-discrimination = Discrimination compares having this question right with how many of the others people have right: near 1, those who know the rest know this too; near 0, it makes no difference; below 0, it is the other way round. It is left out where everybody answered alike. In lessons it is from people who have answered every check.
quality-why-suspect = those who know the rest have it wrong more often than others. Perhaps the wrong answer is marked as right.
quality-why-hard = fewer than 40 per cent are right. Perhaps it is unclear, or the wrong answer is marked as right.
quality-why-weak = discrimination below 0.20: it says little about who knows the subject.
quality-why-easy = more than 97 per cent are right: people knew it before.
quality-why-dead = a wrong answer that fewer than 5 per cent choose leads nobody to think.
quality-reading-limits = These numbers say what people know and how they judge the course. They do not say what people do at work, nor whether the organisation is safer.
