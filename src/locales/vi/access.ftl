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
