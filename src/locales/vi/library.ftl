# Published content.

content-kind-course = Khóa học
content-kind-policy = Chính sách

materiality-editorial = Chỉnh câu chữ
materiality-notify = Cần thông báo
materiality-material = Quan trọng

policies-title = Chính sách
policies-lede = Tất cả chính sách đang có hiệu lực. Bạn có thể đọc bất cứ lúc nào, kể cả khi không có nhiệm vụ nào đến hạn.
policies-empty = Chưa có chính sách nào có hiệu lực
policies-empty-help = Chính sách sẽ xuất hiện ở đây sau khi được ban hành.
policy-version = phiên bản { $version }
policy-effective = có hiệu lực từ { $date }
policy-owner = chịu trách nhiệm: { $owner }
policy-translation = Bản dịch.
policy-prevailing = Nếu nội dung các bản khác nhau, bản { $language } có giá trị áp dụng.

register-title = Thư viện
register-lede = Những gì đã xuất bản và những gì đang có trong thư mục nội dung. Văn bản đã xuất bản không bao giờ thay đổi; mọi thay đổi là một phiên bản mới, do một người đề xuất và một người khác phê duyệt.
register-caption = Khóa học và chính sách
register-content = Nội dung
register-kind = Loại
register-version = Đã xuất bản
register-materiality = Mức độ thay đổi
register-effective = Có hiệu lực từ
register-published = Ngày xuất bản
register-folder = Trong thư mục
register-review = Hạn rà soát
register-review-overdue = Quá hạn
register-frameworks = Khung tiêu chuẩn
register-proposed = Chờ người thứ hai phê duyệt
register-waiting = Đang chờ người thứ hai phê duyệt
register-unreadable = Không đọc được thư mục nội dung.
register-unreadable-help = Nội dung đã xuất bản vẫn hiển thị bình thường. Trên máy chủ, lệnh avow content check cho biết lỗi ở đâu.
register-errors = Thư mục nội dung có { $errors } lỗi và { $warnings } cảnh báo.
register-errors-help = Nội dung đã xuất bản vẫn hiển thị bình thường. Nội dung có lỗi không thể xuất bản.
register-empty = Chưa xuất bản nội dung nào
register-empty-help = Xuất bản thư mục nội dung bằng lệnh: avow content publish

library-state-published = Giống bản đã xuất bản
library-state-new = Mới: phiên bản { $version }
library-state-next = Phiên bản { $version }, chưa xuất bản
library-state-changed = Nội dung khác dưới số phiên bản { $version } đã xuất bản: hãy tăng số phiên bản
library-state-older = Cũ hơn bản đã xuất bản
library-state-missing = Không có trong thư mục
library-state-faulty = Có lỗi
library-proposed-by = do { $name } đề xuất, { $when }
library-proposal = Đề xuất
library-proposal-gone = Nội dung đã đề xuất không còn trong thư mục nội dung, hoặc đang có lỗi. Không thể phê duyệt; hãy đề xuất lại.
library-reason = Nhận xét của bạn (bắt buộc nếu trả lại)
library-approve = Phê duyệt và xuất bản phiên bản { $version }
library-return = Trả lại cho tác giả
library-second-person = Cần một người khác phê duyệt. Bạn có thể rút lại đề xuất.
library-withdraw = Rút lại
library-folder = Trong thư mục nội dung
library-effective = Có hiệu lực từ { $date }.
library-changes = Thay đổi:
library-diagnostics = Các lỗi cần sửa
library-changed-texts = Thay đổi so với phiên bản { $version }
library-changed-caption = Các văn bản thay đổi
library-text = Văn bản
library-text-state = Thay đổi
library-words-added = Từ thêm vào
library-words-removed = Từ bỏ đi
library-see-changes = Đọc các thay đổi
library-propose = Đề xuất
library-propose-help = Một tác giả hoặc cán bộ tuân thủ khác sẽ phê duyệt. Nội dung được xuất bản đúng như đang có trong thư mục lúc này.
library-note = Người rà soát cần biết điều gì?
library-propose-button = Đề xuất để rà soát
library-versions = Các phiên bản
library-versions-caption = Các phiên bản đã xuất bản, mới nhất trước
library-answers = Người chịu trách nhiệm
library-author-approver = { $author }, { $approver } phê duyệt
library-unreviewed = Xuất bản khi chưa có người rà soát
library-compare = so sánh với { $version }
library-unpublished = Chưa xuất bản phiên bản nào.
library-reviews = Rà soát định kỳ
library-no-review = Chưa có lần rà soát nào được ghi lại.
library-history = Các quyết định
library-author = do { $name } đề xuất
library-problem-faulty = Nội dung có lỗi nên không thể đề xuất. Hãy sửa lỗi trước.
library-problem-changed = Không thể đề xuất như hiện tại: nội dung đã được xuất bản, đã được đề xuất, hoặc số phiên bản đã dùng.
library-problem-reason = Hãy nêu điều cần sửa để tác giả có thể sửa.
library-problem-decided = Trong lúc đó đã có người quyết định.
library-problem-own = Người đề xuất không thể tự phê duyệt hoặc trả lại. Cần một người khác.
library-problem-folder = Thư mục nội dung khác với nội dung đã đề xuất, hoặc có lỗi. Chưa có gì được xuất bản.
library-problem-threats = Hãy nêu các mối đe dọa và thay đổi pháp luật mà bạn đã xem xét.
library-problem-next = Lần rà soát tiếp theo phải vào một ngày trong tương lai.

materiality-means-editorial = không ai phải làm lại.
materiality-means-notify = không ai phải làm lại; người đọc thấy những gì đã thay đổi.
materiality-means-material = mọi người phải xác nhận hoặc học lại.

text-state-same = Không đổi
text-state-changed = Có thay đổi
text-state-new = Mới
text-state-removed = Đã bỏ

decision-approved = Đã phê duyệt
decision-returned = Đã trả lại
decision-withdrawn = Đã rút lại

impact-title = Ai bị ảnh hưởng
impact-reopened = { $count ->
    [0] Không ai đã hoàn thành phải làm lại.
   *[other] { $count } người đã hoàn thành sẽ phải làm lại.
}
impact-due = Hạn đầu tiên là { $date }.
impact-mails = { $count } người sẽ nhận được thư nhắc.
impact-open = { $count ->
    [0] Không còn ai khác chưa hoàn thành.
   *[other] { $count } người chưa hoàn thành và sẽ làm theo văn bản mới.
}
impact-moved = Trong số đó, { $count } người được thêm thời gian.
impact-bound = { $count } người thuộc diện áp dụng của:
impact-departments = Số người phải làm lại, theo phòng ban
impact-people = Số người
impact-names = Danh sách
impact-more = và { $count } người nữa
impact-nobody = Không có yêu cầu nào về nội dung này: không ai phải làm gì.

review-record = Ghi lại một lần rà soát
review-help = Bạn đã đọc phiên bản đang có hiệu lực và xem nó còn phù hợp không. Không ai phải làm lại điều gì.
review-threats = Các mối đe dọa, sự cố và thay đổi pháp luật mà bạn đã xem xét
review-notes = Ghi chú
review-outcome = Kết quả
review-outcome-unchanged = Còn phù hợp, không thay đổi
review-outcome-change = Cần phiên bản mới
review-next = Hạn rà soát tiếp theo
review-next-on = rà soát tiếp theo chậm nhất { $date }
review-considered = Đã xem xét:
review-button = Ghi lại lần rà soát

version-title = { $title }, phiên bản { $version }
version-published = xuất bản { $when }
version-source = Mã nguồn và giá trị băm
version-source-hash = SHA-256 của mã nguồn
version-html-hash = SHA-256 của HTML
version-hash = SHA-256 của tất cả các tệp
version-renderer = Được tạo bởi
version-statement = Lời xác nhận

changes-title = { $title }: các thay đổi
changes-between = Từ phiên bản { $from } đến phiên bản { $to }.
changes-folder = Từ phiên bản { $from } đến nội dung trong thư mục.
changes-key = Phần thêm vào được gạch chân, phần bỏ đi được gạch ngang.
changes-from = Từ phiên bản
changes-to = đến phiên bản
changes-compare = So sánh
changes-with-folder = So sánh với thư mục
changes-none = Không có gì để so sánh.
changes-count-added = { $count } từ thêm vào
changes-count-removed = { $count } từ bỏ đi

shown-in = Chưa có bản dịch: hiển thị bằng { $language }.
policy-earlier = Đây là một phiên bản cũ.
policy-newest = Đọc phiên bản { $version } đang có hiệu lực
policy-changes = Những gì đã thay đổi so với phiên bản trước
policy-versions = Tất cả các phiên bản

library-quality = Câu trả lời của người học cho biết gì
library-useful = Hữu ích: { $mean }/5.
library-clear = Rõ ràng: { $mean }/5.
library-questions = Xem các câu hỏi
library-measured = { $count ->
    [0] Chưa có câu hỏi nào đủ số câu trả lời để kết luận.
   *[other] { $count } câu hỏi có đủ câu trả lời để kết luận; cần xem lại: { $flagged }.
}
library-version = Phiên bản
impact-begun = Ai đã bắt đầu khóa học sẽ học tiếp phiên bản đã bắt đầu.
