# Reading a policy and attesting to it.

read-eyebrow = Chính sách cần đọc và ký xác nhận
read-done = Bạn đã ký xác nhận chính sách này.
read-declined = Bạn đã từ chối xác nhận chính sách này. Bạn vẫn có thể xác nhận.
read-receipt = Xem biên nhận
read-contents = Mục lục
read-end = Bạn đã đọc đến cuối
read-end-more = Ở trang sau, bạn xem nội dung xác nhận rồi mới ký. Trước đó, bạn chưa ký gì cả.
read-go-on = Xem lại và ký xác nhận
read-not-read = Hãy đọc hết văn bản rồi mới sang bước xác nhận.

review-eyebrow = Bước cuối cùng
review-title = Xem lại và ký xác nhận
review-lede = Bạn sắp ký xác nhận “{ $title }”, phiên bản { $version }. Hãy kiểm tra lại các thông tin dưới đây.
review-wrong = Có một chỗ cần sửa
review-box-missing = Hãy đánh dấu vào ô nếu bạn đồng ý với nội dung xác nhận
review-reason-missing = Hãy viết lý do từ chối, tối đa 1.000 ký tự
review-name = Họ tên
review-policy = Chính sách
review-language = Ngôn ngữ của văn bản
review-hash = Mã băm của văn bản được hiển thị
review-statement = Nội dung xác nhận
review-attest = Tôi ký xác nhận
review-back = Quay lại văn bản
review-decline-title = Tôi không muốn ký xác nhận
review-decline-help = Bạn có quyền từ chối. Lý do của bạn được gửi đến người phụ trách tuân thủ để trao đổi với bạn. Dù vậy, chính sách vẫn có thể áp dụng đối với bạn.
review-reason = Lý do của bạn
review-decline = Tôi từ chối

superseded-title = Chính sách đã thay đổi trong lúc bạn đọc
superseded-lede = Bạn đã đọc phiên bản { $old } của “{ $title }”. Phiên bản { $new } đã thay thế phiên bản đó, vì vậy chưa có gì được ký. Dưới đây là những điểm thay đổi.
superseded-changes = Những điểm thay đổi
superseded-read = Đọc phiên bản mới

receipt-title = Biên nhận
receipt-title-declined = Bạn đã từ chối
receipt-attested = Bạn đã ký xác nhận “{ $title }”. Một bản sao được gửi vào hộp thư của bạn; biên nhận này được lưu lâu dài tại đây.
receipt-declined = Bạn đã từ chối ký xác nhận “{ $title }”. Người phụ trách tuân thủ sẽ đọc lý do của bạn.
receipt-number = Mã số
receipt-statement = Nội dung xác nhận
receipt-statement-declined = Nội dung bạn từ chối xác nhận
receipt-when-declined = Thời điểm từ chối
receipt-reason = Lý do của bạn
receipt-signed = Thời điểm ký
receipt-method = Cách đăng nhập
receipt-source-hash = Mã băm của văn bản nguồn
receipt-commitment = Mã cam kết
receipt-proof = Bằng chứng
receipt-valid = hợp lệ
receipt-invalid = không khớp
receipt-check = Tự kiểm tra
receipt-check-help = Mã cam kết là HMAC-SHA256 với khóa là chuỗi salt, tính trên “avow/v1/record”, một byte 0 và bản ghi, đúng từng ký tự.
receipt-record = Bản ghi
receipt-salt = Chuỗi salt
receipt-text = Văn bản như bạn đã xem

receipt-mail-subject = Biên nhận của bạn: { $title }
receipt-mail-subject-declined = Bạn đã từ chối: { $title }
receipt-mail-attested = Bạn đã ký xác nhận “{ $title }”, phiên bản { $version }. Hãy giữ email này làm biên nhận.
receipt-mail-declined = Bạn đã từ chối ký xác nhận “{ $title }”, phiên bản { $version }. Hãy giữ email này làm biên nhận.
receipt-mail-keep = Biên nhận này, kèm văn bản như bạn đã xem, cũng có trong “Hồ sơ của tôi”. Để mở, hãy gõ { $intranet } vào trình duyệt.

read-since = Bạn đã xác nhận phiên bản { $version } vào { $date }. Những thay đổi từ đó đến nay
read-since-same = Câu chữ không thay đổi.
read-since-show = { $added } từ thêm vào, { $removed } từ bỏ đi: xem chi tiết
