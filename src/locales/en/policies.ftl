# Reading a policy and attesting to it.

read-eyebrow = Policy to read and attest to
read-done = You have attested to this policy.
read-declined = You have declined to attest to this policy. You can still do so.
read-receipt = See your receipt
read-contents = Contents
read-end = You have reached the end
read-end-more = On the next page you see the statement and confirm it. Nothing is signed before that.
read-go-on = Review and confirm
read-not-read = Read the text to its end first, then go on to the confirmation.

review-eyebrow = Last step
review-title = Review and confirm
review-lede = You are about to attest to “{ $title }”, version { $version }. Check that everything is right.
review-wrong = There is one thing to correct
review-box-missing = Tick the box if you agree to the statement
review-reason-missing = Write why you decline, in at most 1,000 characters
review-name = Name
review-policy = Policy
review-language = Language of the text
review-hash = Hash of the text as shown
review-statement = Statement
review-attest = I attest
review-back = Back to the text
review-decline-title = I do not want to attest
review-decline-help = You may decline. Your reason goes to the compliance officer, who will talk to you. The policy may bind you all the same.
review-reason = Your reason
review-decline = I decline

superseded-title = The policy has changed while you were reading
superseded-lede = You read version { $old } of “{ $title }”. Version { $new } has taken its place, so nothing was signed. Here is what changed.
superseded-changes = What changed
superseded-read = Read the new version

receipt-title = Receipt
receipt-title-declined = You have declined
receipt-attested = You have attested to “{ $title }”. A copy was mailed to you; this one stays here.
receipt-declined = You have declined to attest to “{ $title }”. The compliance officer will see your reason.
receipt-number = Number
receipt-statement = Statement
receipt-statement-declined = Statement you declined
receipt-when-declined = Declined
receipt-reason = Your reason
receipt-signed = Signed
receipt-method = Signed in with
receipt-source-hash = Hash of the source
receipt-commitment = Commitment
receipt-proof = Proof
receipt-valid = valid
receipt-invalid = does not match
receipt-check = Check it yourself
receipt-check-help = The commitment is HMAC-SHA256 with the salt as key over “avow/v1/record”, a zero byte and the record, to the letter.
receipt-record = Record
receipt-salt = Salt
receipt-text = The text as you saw it

receipt-mail-subject = Your receipt: { $title }
receipt-mail-subject-declined = You have declined: { $title }
receipt-mail-attested = You have attested to “{ $title }”, version { $version }. Keep this mail: it is your receipt.
receipt-mail-declined = You have declined to attest to “{ $title }”, version { $version }. Keep this mail: it is your receipt.
receipt-mail-keep = The same receipt, with the text as you saw it, is in “My record”. Type { $intranet } into your browser to get there.

read-since = You confirmed version { $version } on { $date }. What changed since
read-since-same = The words are the same.
read-since-show = { $added ->
    [one] One word added
   *[other] { $added } words added
}, { $removed ->
    [one] one removed
   *[other] { $removed } removed
}: show them
