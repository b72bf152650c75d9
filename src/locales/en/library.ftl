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
policy-eyebrow = Policy
policy-version = version { $version }
policy-effective = in force since { $date }
policy-owner = owner: { $owner }
policy-translation = Translation.
policy-prevailing = If the versions differ, the one in { $language } decides.

register-title = Library
register-lede = Every published version. A published text never changes; a change is a new version.
register-caption = Courses and policies, newest version first
register-content = Content
register-kind = Kind
register-version = Version
register-materiality = Materiality
register-effective = In force since
register-published = Published
register-review = Review by
register-review-overdue = Overdue
register-frameworks = Frameworks
register-empty = Nothing is published
register-empty-help = Publish the content folder with: avow content publish
