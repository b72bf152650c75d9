//! Every kind of fault that content can have: a stable code, whether it stops publishing, and what it means. `avow content codes`
//! prints them. A code is never renamed or given another meaning: pipelines and notes refer to it.

use crate::content::diagnostic::Severity;

/// A kind of fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its stable name.
    pub name: &'static str,
    /// Whether it stops publishing.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means, why it matters, how to mend it.
    pub explanation: &'static str,
}

/// The kind with that name.
pub fn code(name: &str) -> Option<&'static Code> {
    CODES.iter().copied().find(|code| code.name == name)
}

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident $title:literal $explanation:literal)+) => {
        $(
            #[doc = $title]
            pub const $constant: &Code =
                &Code { name: $name, severity: Severity::$severity, title: $title, explanation: $explanation };
        )+

        /// Every kind, in the order in which authors meet them.
        pub const CODES: &[&Code] = &[$($constant),+];
    };
}

codes! {
    // The folder and its files
    FOLDER "folder" Error "not a content folder"
        "The path does not name a folder. Name the folder that holds organisation.toml, courses and policies, or set AVOW_CONTENT_DIR to it."
    FILE_MISSING "file-missing" Error "a file is missing or cannot be read"
        "A file that every course or policy needs is not there, or the program may not read it. Add it, or mend its rights."
    FILE_KIND "file-kind" Error "not a plain file"
        "The path is a symbolic link, a device or a folder. Links are never followed, so that content cannot reach outside its folder. Put the text itself there."
    FILE_SIZE "file-size" Error "a text is too large"
        "A text may have 1,000,000 bytes; a long policy has a tenth of it. Split it, or look for something pasted in by accident."
    FILE_ENCODING "file-encoding" Error "not text in UTF-8"
        "The file holds bytes that are not UTF-8, or control characters. Save it as UTF-8 in your editor."
    NAME "name" Error "a file or folder has an unusable name"
        "Names stand in addresses and stay the same for years: small letters, digits and single hyphens. A lesson's name starts with a number: 01-links.md."
    SETTINGS "settings" Error "a settings file is wrong"
        "A key of course.toml, policy.toml or organisation.toml is missing, unknown, of the wrong type or out of its range. docs/authors.md lists them all."
    LANGUAGE "language" Error "an unknown language"
        "Languages are named by their tags, en and vi. default_language must be one of languages in organisation.toml, prevailing_language too."
    STATEMENT "statement" Error "the statement has no words"
        "People attest to the words under [statement] of policy.toml. They must exist at least in the default language."
    OWNER_MISSING "owner-missing" Warning "a policy without an owner or approver"
        "Auditors ask first who answers for a policy and who approved it. Write the job titles as owner and approver in policy.toml."
    CHANGES_MISSING "changes-missing" Warning "a new version does not say what changed"
        "From version 2 on, write under [changes] in each language what is new. Readers see it before the differences, reviewers before they approve."
    REVIEW_OVERDUE "review-overdue" Warning "the review is overdue"
        "review_by lies in the past. Review the text; then record the review in the library, which a check that sees the database knows of, or publish a new version with a later date."

    TEXT_EMPTY "text-empty" Error "there is nothing to read"
        "A policy has a text, a course has at least one lesson: nobody can learn from nothing, or agree to it."

    // Front matter
    FRONT_MATTER "front-matter" Error "front matter is missing or broken"
        "Each text starts with a line ---, then title: and summary: (in lessons also minutes:), then a line ---. The fences stand alone on their lines. No other keys are known."
    VARIABLE "variable" Error "an unknown variable"
        "${org.name}, ${org.security_email}, ${org.compliance_email}, ${org.incident_phone} and ${org.intranet} are replaced once, at publication, in the text. Other names stand for nothing, and titles take none. In code, ${...} stays as it is."

    // Structure of a text
    NESTING "nesting" Error "blocks lie too deep in each other"
        "Lists and quotes may lie 40 levels deep. More is an accident, and no screen shows it."
    HEADING_FIRST "heading-first" Error "a heading of the first level in the text"
        "The title comes from the front matter and is the page's only first heading. Start with ##. (In quiz.md, # starts a pool.)"
    HEADING_JUMP "heading-jump" Warning "a heading skips a level"
        "A ## is followed by ### at the deepest, never by ####. People who listen to a page move by its headings and think that they missed one (WCAG 1.3.1)."
    HEADING_ATTRIBUTE "heading-attribute" Error "something unknown in the braces of a heading"
        "Known are {#name}, the classes .question .critical .partial .pool .scenario .step .good, and topic=… and draw=…, all at the end of the heading. A misspelt one would be ignored: a question that is not asked, or is not critical."
    ANCHOR_DUPLICATE "anchor-duplicate" Error "two headings have the same name"
        "A link to {#name} leads to the first one only. Give each heading of a text a name of its own."
    TABLE_HEADER "table-header" Warning "a table without a header row"
        "Without words in its header a table cannot be understood when it is listened to (WCAG 1.3.1). Start it with a row of column names and a row of |---|."
    RAW_HTML "raw-html" Warning "raw HTML is shown as letters"
        "HTML is never passed on: readers see the tags. Write it in markdown, or between backquotes if it is an example. Comments would be read by everybody."
    LINK_SCHEME "link-scheme" Warning "a link of a kind that is not followed"
        "Links lead to https:, mailto:, tel:, a #place or another text of the folder. All others are shown as words only."
    LINK_DEAD "link-dead" Error "a link to nothing"
        "The text, file or {#place} that the link names does not exist. Mend the path (it is relative to the file) or the name."
    LINK_TEXT "link-text" Warning "a link that does not say where it leads"
        "Screen readers list the links of a page without the words around them (WCAG 2.4.4). Instead of `here`, name what is found there."
    PICTURE_ALT "picture-alt" Error "a picture or video without words"
        "Write between the brackets what it shows, for everybody who cannot see it (WCAG 1.1.1): ![The report button is at the top right](../assets/report.png)"
    PICTURE_ELSEWHERE "picture-elsewhere" Warning "a picture of another site"
        "It is shown by its words only: no page asks a third party for anything, which would tell it who reads here. Put the file into the assets folder."
    ASSET_MISSING "asset-missing" Error "a picture or video is not there"
        "Pictures and videos lie in the assets folder of their course or policy, and are named relative to the text: ../assets/report.png."
    ASSET_KIND "asset-kind" Error "a file of a kind that is not shown"
        "Pictures are .png, .jpg, .webp or .svg; videos .mp4 or .webm; captions .vtt. The content must be what the name says."
    ASSET_SIZE "asset-size" Error "a picture or video is too large"
        "A picture may have 1,000,000 bytes, a video 25,000,000. Make it smaller: many people read on a phone."
    CAPTIONS_MISSING "captions-missing" Error "a video without captions"
        "Beside clip.mp4 lies clip.en.vtt for each language that shows it (WCAG 1.2.2)."
    PARAGRAPH_REPEATED "paragraph-repeated" Warning "a paragraph stands twice"
        "The same paragraph of more than 20 words stands in two places of one course or policy. People skip what they have read before; say it once, where it helps."

    // Questions
    QUESTION_ID "question-id" Error "a question has no name"
        "End its heading with {#name .question}. The name stays the same across versions and languages: answers and statistics hang on it."
    QUESTION_DUPLICATE "question-duplicate" Error "two questions have the same name"
        "Names of questions, pools and scenarios are unique in a course, lessons and quiz together."
    QUESTION_PLACE "question-place" Error "a question where nobody is asked"
        "Questions, pools and scenarios start at the beginning of a line, not in a list, quote or note. Policies have none."
    QUESTION_CHOICES "question-choices" Error "a question has fewer than two answers"
        "Give a task list of answers, each starting with - [ ] or - [x]."
    QUESTION_ANSWER "question-answer" Error "no answer is right"
        "Mark the right answer with [x]; several mean: choose all that apply."
    QUESTION_FEEDBACK "question-feedback" Error "an answer has no feedback"
        "Under every answer, right or wrong, an indented quote says why. That is where people learn."
    QUESTION_MANY "question-many" Error "too many questions in one file"
        "A file may hold 500 questions. A quiz draws a dozen; split the rest over courses."
    CHECK_MISSING "check-missing" Warning "a lesson asks nothing"
        "Each lesson has at least one question or scenario: who has to recall something remembers it."
    POOL "pool" Error "a pool is wrong"
        "A pool is a heading # Title {#name .pool draw=2} in quiz.md, with at least one question to draw, above its questions. Its name is unique."
    POOL_DRAW "pool-draw" Error "a pool is smaller than its draw"
        "The pool holds fewer questions than an attempt draws from it. Draw fewer, or add questions."
    POOL_SMALL "pool-small" Warning "a pool is small"
        "A pool should hold at least twice as many questions as are drawn, so that another attempt asks other questions."
    QUIZ_MISSING "quiz-missing" Warning "a course without a quiz"
        "Without quiz.md a course is done when its lessons are; nothing shows that they were understood."
    SCENARIO "scenario" Error "a scenario is wrong"
        "A scenario is a ## heading {#name .scenario} with a situation and a list of links to steps; each step is a ### heading {#name .step}, its choices again a list of links. A step without choices is an ending."
    SCENARIO_STEP "scenario-step" Error "a choice leads to no step"
        "Each choice of a scenario is a link to the {#name} of a step of the same scenario."
    SCENARIO_UNREACHABLE "scenario-unreachable" Error "a step that no choice leads to"
        "Nobody would ever see it. Link to it, or take it out."
    SCENARIO_ENDING "scenario-ending" Error "a scenario without a good ending"
        "From every step some way leads to an ending, and at least one ending is marked .good. Otherwise the lesson could not be finished, or would teach that all is lost."

    // Reading
    COURSE_LONG "course-long" Warning "a course takes longer than 45 minutes"
        "Counted are 200 words of English or 250 syllables of Vietnamese a minute, and 30 seconds a question. Cut, or make two courses."
    MINUTES "minutes" Warning "the minutes are not those of the text"
        "The minutes that people are told differ from those counted by half or more. Correct the number, or the text."
    READING_LEVEL "reading-level" Warning "a text is hard to read"
        "English is measured by the Flesch-Kincaid grade level (1975), Vietnamese by Nguyen and Henkin (1982). Shorter sentences and plainer words lower the figure. Goals: grade 9 for courses, 12 for policies."

    // Translations
    TRANSLATION_MISSING "translation-missing" Warning "a translation is missing"
        "Until a language has all files and words, the content is shown in the default language, with a note that says so."
    TRANSLATION_QUESTIONS "translation-questions" Error "a translation asks other questions"
        "All languages have the same pools, questions, scenarios, choices and right answers under the same names, in the same order."
    TRANSLATION_STALE "translation-stale" Warning "a translation is older than its source"
        "The paragraph of the default language was changed after it was translated. Translate it again, then run `avow content translated`."
    TRANSLATION_UNRECORDED "translation-unrecorded" Warning "nobody recorded what was translated"
        "Run `avow content translated` once the translation is up to date. It keeps the hashes of the translated paragraphs in translations.toml, so that later changes are noticed one by one."

    // Compared with what is published
    VERSION_CHANGED "version-changed" Error "a text was changed under a published number"
        "People attested to the words that were published under this number. Raise version and say in materiality what the change asks of them, or restore the words."
    VERSION_OLDER "version-older" Error "the folder is older than what is published"
        "A higher version is published already. Take the newest texts, or continue counting from there."
    QUESTION_VANISHED "question-vanished" Warning "a question of the published version is gone"
        "Its statistics end here. If only its words changed, give it its old name back."
}
