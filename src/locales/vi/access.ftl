# Signing in.

sign-in-title = Đăng nhập
sign-in-lede = Bạn không cần mật khẩu. Chúng tôi sẽ gửi liên kết đăng nhập qua email.
sign-in-email = Email công việc của bạn
sign-in-email-hint = Địa chỉ email của bạn trong hồ sơ của công ty.
sign-in-button = Gửi liên kết cho tôi
sign-in-wrong-title = Có một chỗ cần sửa
sign-in-wrong = Hãy nhập địa chỉ email, ví dụ name@example.org

sent-title = Hãy kiểm tra hộp thư
sent-lede = Nếu { $email } là địa chỉ của một người đang làm việc tại đây, liên kết đăng nhập đang được gửi đến.
sent-once = { $minutes ->
   *[other] Liên kết chỉ dùng được một lần, trong vòng { $minutes } phút.
}
sent-nothing = Chưa nhận được email? Hãy xem thư mục thư rác, kiểm tra lại địa chỉ hoặc viết cho { $email }.
sent-again = Yêu cầu liên kết mới

link-title = Đăng nhập
link-lede = Bạn sẽ đăng nhập với tên { $name }.
link-button = Đăng nhập
link-dead-title = Liên kết này không còn dùng được
link-dead = Mỗi liên kết chỉ dùng được một lần và trong vài phút. Hãy yêu cầu liên kết mới, chỉ mất vài giây.

link-mail-subject = Liên kết đăng nhập { $organisation }
link-mail-intro = Hãy mở liên kết này để đăng nhập vào hệ thống đào tạo an toàn thông tin của { $organisation }:
link-mail-button = Đăng nhập
link-mail-once = { $minutes ->
   *[other] Liên kết chỉ dùng được một lần, trong vòng { $minutes } phút. Khi mở, bạn sẽ thấy một trang có nút đăng nhập; bạn chỉ đăng nhập khi bấm nút đó.
}
link-mail-stranger = Bạn không yêu cầu liên kết này? Vậy bạn không cần làm gì cả: không có liên kết thì không ai vào được. Nếu chuyện này lặp lại, hãy báo cho { $email }.

method-mailed-link = Liên kết đăng nhập gửi qua email
method-terminal-link = Liên kết đăng nhập tạo từ dòng lệnh máy chủ
method-demo-link = Liên kết dùng thử

sign-in-kept = Phiên đăng nhập đã kết thúc trước khi hệ thống nhận được biểu mẫu của bạn. Biểu mẫu vẫn được giữ: hãy đăng nhập để gửi lại.

kept-title = Biểu mẫu của bạn vẫn còn đây
kept-refusal = Biểu mẫu này ghi việc bạn từ chối xác nhận một chính sách.
kept-quiz = Đây là các câu trả lời cho bài kiểm tra.
kept-lesson = Đây là phần bạn làm trong một bài học.
kept-form = Đây là biểu mẫu bạn gửi gần nhất.
kept-lede = Phiên đăng nhập đã kết thúc trước khi hệ thống nhận được biểu mẫu nên chưa có gì được ghi nhận. Bạn có thể gửi ngay hoặc hủy.
kept-send = Gửi ngay
kept-discard = Hủy biểu mẫu

invitation-title = Chào mừng bạn đến với Avow
invitation-lede = Bạn được mời vào hệ thống này với vai trò { $role }. Hãy điền thông tin của bạn; sau đó bạn sẽ vào được hệ thống ngay.
invitation-wrong-title = Hãy sửa những chỗ sau
invitation-wrong-name = Hãy nhập họ và tên
invitation-wrong-email = Hãy nhập địa chỉ email, ví dụ name@example.org
invitation-wrong-hr_id = Hãy nhập mã nhân sự của bạn
invitation-wrong-known = Mã này đã có trong danh sách nhân sự. Hãy cấp vai trò từ dòng lệnh máy chủ: avow access grant
invitation-wrong-taken = Địa chỉ này đã có người khác dùng. Hãy nhập địa chỉ của bạn
invitation-given-name = Tên đệm và tên
invitation-family-name = Họ
invitation-email = Email công việc
invitation-hr-id = Mã nhân sự của bạn
invitation-hr-id-hint = Nhờ mã này, hệ thống nhận ra bạn khi nhập tệp nhân sự.
invitation-button = Tham gia và đăng nhập
invitation-dead = Mỗi lời mời chỉ dùng được một lần và trong một ngày. Hãy tạo lời mời mới từ dòng lệnh máy chủ.

role-hr = nhân sự
role-compliance = cán bộ tuân thủ
role-author = người soạn nội dung
role-auditor = kiểm toán viên
role-administrator = quản trị viên
