# The preview of the content folder, for its authors.

preview-banner = Preview of the content folder. Nothing is recorded; names and dates are invented.
preview-eyebrow = For authors
preview-title = The content folder
preview-lede = Everything as its readers will see it, with what is wrong and what was counted beside it.
preview-courses = Courses
preview-policies = All policies
preview-no-courses = There is no course to show.
preview-no-policies = There is no policy to show.
preview-organisation = Organisation
preview-texts = Texts
preview-texts-of = The texts of “{ $title }”
preview-text = Text
preview-state = State
preview-jump = To the notes for authors

preview-errors = { $count ->
    [one] one error
   *[other] { $count } errors
}
preview-warnings = { $count ->
    [one] one warning
   *[other] { $count } warnings
}
preview-nothing-wrong = nothing wrong
preview-untold = { $count ->
    [one] One more is not told. Mend these first.
   *[other] { $count } more are not told. Mend these first.
}
preview-explain = What this means
preview-elsewhere = In the other files

preview-author = Notes for the author
preview-reload-hand = Reload this page by hand after you save.
preview-reload-save = This page follows what you save.
preview-reload-ended = The preview has ended. Start it again, and this page goes on.
preview-untranslated = There is no text in { $language }.
preview-untranslated-more = This is what people who read that language see: the default language.
preview-not-whole = This language is not complete.
preview-not-whole-more = Until every text is there and can be shown, people see the whole in the default language.
preview-figures = Figures
preview-length = Length
preview-words = { $count ->
    [one] one word
   *[other] { $count } words
}
preview-syllables = { $count ->
    [one] one syllable
   *[other] { $count } syllables
}
preview-questions-count = { $count ->
    [one] one question
   *[other] { $count } questions
}
preview-told = People are told
preview-counted = Counted
preview-minutes = { $minutes } min
preview-course-told = People are told { $minutes } minutes for the whole.
preview-course-counted = Counted in { $language }: { $minutes } minutes.
preview-level = Reading level
preview-grade = grade { $grade }
preview-goal = goal: grade { $goal } at most
preview-hard = hard to read
preview-level-short = too short to tell
preview-level-none = no published measure
preview-translations = Languages
preview-source = the others are translated from it
preview-missing = missing
preview-current = up to date
preview-unrecorded = nobody recorded what it was translated from
preview-stale = older than its source
preview-line = Line { $line }
preview-paper = Paper
preview-paper-about = The questions were drawn with the number { $number }, which is in the address: the same number gives the same paper. Another number draws another.
preview-paper-next = Draw another paper
preview-go-on = Go on
preview-previous = Before:
preview-next = After:
preview-whole = Course:
preview-to-course = Back to the course
preview-questions = All questions with their answers
preview-questions-lede = What learners see only after they have answered, or never all at once.
preview-questions-none = The course asks nothing yet.
preview-pool = An attempt draws { $draw } of these.
preview-critical = has to be right
preview-forget = Forget my answers in this course

preview-gone = There is no such text
preview-gone-message = It is not in the folder, or not any more. If something is wrong there, the notes say what. This page appears once the text is there.
preview-broken = Cannot be shown
preview-broken-message = The text is there, and something in it is wrong. The notes say what. This page appears once it is mended.
preview-signed = This is where the receipt would be
preview-signed-message = Nothing was signed or recorded.
preview-name = Mai Trần (invented)
preview-back = Go on
