# Published content.

content-kind-course = Course
content-kind-policy = Policy

materiality-editorial = Editorial
materiality-notify = Notify
materiality-material = Material

policies-title = Policies
policies-lede = Every policy in force. You can read them at any time, even when nothing is due.
policies-empty = No policy is in force
policies-empty-help = Policies appear here once they are published.
policy-version = version { $version }
policy-effective = in force since { $date }
policy-owner = owner: { $owner }
policy-translation = Translation.
policy-prevailing = If the versions differ, the one in { $language } decides.

register-title = Library
register-lede = What is published, and what stands in the content folder. A published text never changes; a change is a new version, proposed by one person and approved by another.
register-caption = Courses and policies
register-content = Content
register-kind = Kind
register-version = Published
register-materiality = Materiality
register-effective = In force since
register-published = Published
register-folder = In the folder
register-review = Review by
register-review-overdue = Overdue
register-frameworks = Frameworks
register-proposed = Waits for a second person
register-waiting = Waiting for a second person
register-unreadable = The content folder cannot be read.
register-unreadable-help = What is published is served as before. On the server, avow content check says what is wrong.
register-errors = The content folder has { $errors ->
    [one] one error
   *[other] { $errors } errors
} and { $warnings ->
    [one] one warning
   *[other] { $warnings } warnings
}.
register-errors-help = What is published is served as before. What has an error cannot be published.
register-empty = Nothing is published
register-empty-help = Publish the content folder with: avow content publish

library-state-published = As published
library-state-new = New: version { $version }
library-state-next = Version { $version }, not published yet
library-state-changed = Other words under the published number { $version }: raise the version
library-state-older = Older than what is published
library-state-missing = Not in the folder
library-state-faulty = Has errors
library-proposed-by = proposed by { $name }, { $when }
library-proposal = Proposed
library-proposal-gone = What was proposed no longer stands in the content folder, or has errors there. It cannot be approved; propose it anew.
library-reason = Your remark (needed if you return it)
library-approve = Approve and publish version { $version }
library-return = Return to the author
library-second-person = Somebody else has to approve it. You can withdraw it.
library-withdraw = Withdraw
library-folder = In the content folder
library-effective = It counts from { $date } on.
library-changes = What changes:
library-diagnostics = What is wrong
library-changed-texts = Changes since version { $version }
library-changed-caption = Texts that change
library-text = Text
library-text-state = Change
library-words-added = Words added
library-words-removed = Words removed
library-see-changes = Read the changes
library-propose = Propose
library-propose-help = Another author or compliance officer approves it. It is published exactly as it stands in the folder now.
library-note = What should the reviewer know?
library-propose-button = Propose for review
library-versions = Versions
library-versions-caption = Published versions, newest first
library-answers = Who answers for it
library-author-approver = { $author }, approved by { $approver }
library-unreviewed = Published before anybody could review
library-compare = compare with { $version }
library-unpublished = Nothing is published yet.
library-reviews = Periodic reviews
library-no-review = No review is recorded yet.
library-history = Decisions
library-author = proposed by { $name }
library-problem-faulty = It has errors and cannot be proposed. Mend them first.
library-problem-changed = It cannot be proposed as it stands: it is published already, is proposed already, or its number is taken.
library-problem-reason = Say what should be changed, so that the author can mend it.
library-problem-decided = Somebody has decided about it meanwhile.
library-problem-own = Who proposed something cannot approve or return it. Another person has to.
library-problem-folder = The content folder holds other words than those that were proposed, or has errors. Nothing was published.
library-problem-threats = Say which threats and changes of law you considered.
library-problem-next = The next review must be on a day to come.

materiality-means-editorial = nobody has to do anything again.
materiality-means-notify = nobody has to do anything again; readers see what changed.
materiality-means-material = people attest or train again.

text-state-same = Unchanged
text-state-changed = Changed
text-state-new = New
text-state-removed = Removed

decision-approved = Approved
decision-returned = Returned
decision-withdrawn = Withdrawn

impact-title = Whom it reaches
impact-reopened = { $count ->
    [0] Nobody who has done it already would have to do it again.
    [one] One person who has done it already would have to do it again.
   *[other] { $count } people who have done it already would have to do it again.
}
impact-due = The first due date would be { $date }.
impact-mails = { $count ->
    [one] One person would get reminders.
   *[other] { $count } people would get reminders.
}
impact-open = { $count ->
    [0] Nobody else has it open.
    [one] One person has not done it yet and would do it with the new text.
   *[other] { $count } people have not done it yet and would do it with the new text.
}
impact-moved = { $count ->
    [one] One of them would get more time.
   *[other] { $count } of them would get more time.
}
impact-bound = { $count ->
    [one] One person is bound by:
   *[other] { $count } people are bound by:
}
impact-departments = People who would have to do it again, by department
impact-people = People
impact-names = Names
impact-more = and { $count } more
impact-nobody = No requirement is about it: nobody would have to do anything.

review-record = Record a review
review-help = You have read the version in force and found whether it still fits. Nothing is asked of anybody anew.
review-threats = Threats, incidents and changes of law that you considered
review-notes = Notes
review-outcome = Outcome
review-outcome-unchanged = Fits, no change
review-outcome-change = Needs a new version
review-next = Next review by
review-next-on = next review by { $date }
review-considered = Considered:
review-button = Record the review

version-title = { $title }, version { $version }
version-published = published { $when }
version-source = Source and hashes
version-source-hash = SHA-256 of the source
version-html-hash = SHA-256 of the HTML
version-hash = SHA-256 over all files
version-renderer = Rendered by
version-statement = Statement

changes-title = { $title }: changes
changes-between = From version { $from } to version { $to }.
changes-folder = From version { $from } to what stands in the content folder.
changes-key = What was added is underlined, what was removed is struck through.
changes-from = From version
changes-to = to version
changes-compare = Compare
changes-with-folder = Compare with the folder
changes-none = There is nothing to compare.
changes-count-added = { $count ->
    [one] one word added
   *[other] { $count } words added
}
changes-count-removed = { $count ->
    [one] one word removed
   *[other] { $count } words removed
}

shown-in = Not translated yet: shown in { $language }.
policy-earlier = This is an earlier version.
policy-newest = Read version { $version }, which is in force
policy-changes = What changed since the version before
policy-versions = All versions

library-quality = What people's answers say
library-useful = Useful: { $mean } of 5.
library-clear = Clear: { $mean } of 5.
library-questions = Look at the questions
library-measured = { $count ->
    [0] No question has enough answers yet to say something.
    [one] One question has enough answers to say something; to look at: { $flagged }.
   *[other] { $count } questions have enough answers to say something; to look at: { $flagged }.
}
library-version = Version
impact-begun = Whoever has begun the course finishes the version they began.
