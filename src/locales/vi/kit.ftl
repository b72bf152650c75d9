# Words of the page frame, of dates, of error pages and of every mail.

weekday-0 = Thứ Hai
weekday-1 = Thứ Ba
weekday-2 = Thứ Tư
weekday-3 = Thứ Năm
weekday-4 = Thứ Sáu
weekday-5 = Thứ Bảy
weekday-6 = Chủ Nhật

month-1 = tháng 1
month-2 = tháng 2
month-3 = tháng 3
month-4 = tháng 4
month-5 = tháng 5
month-6 = tháng 6
month-7 = tháng 7
month-8 = tháng 8
month-9 = tháng 9
month-10 = tháng 10
month-11 = tháng 11
month-12 = tháng 12

language-en = tiếng Anh
language-vi = tiếng Việt

frame-skip = Đến nội dung chính
frame-menu = Menu
frame-main = Menu chính
frame-language = Ngôn ngữ
frame-sign-out = Đăng xuất
frame-environment = Môi trường
frame-environment-demo = Bản dùng thử với nhân vật hư cấu. Mọi thao tác ở đây đều không có giá trị.
frame-environment-development = Môi trường phát triển. Mọi thao tác ở đây đều không có giá trị.
frame-environment-staging = Môi trường diễn tập. Mọi thao tác ở đây đều không có giá trị.
frame-environment-test = Môi trường thử nghiệm. Mọi thao tác ở đây đều không có giá trị.

nav-home = Nhiệm vụ của tôi
nav-record = Hồ sơ của tôi
nav-policies = Chính sách
nav-team = Nhóm của tôi
nav-people = Nhân sự
nav-reports = Báo cáo
nav-programme = Chương trình
nav-library = Thư viện
nav-operations = Vận hành

page-list = Phân trang
page-previous = Trang trước
page-next = Trang sau
page-of = Trang { $page }/{ $pages }

problem-home = Về nhiệm vụ của tôi
problem-request-id = Khi cần hỗ trợ, hãy gửi kèm mã này:
problem-400 = Chưa thực hiện được
problem-400-message = Hệ thống không hiểu yêu cầu này. Chưa có gì thay đổi. Hãy quay lại và thử lần nữa.
problem-401 = Bạn chưa đăng nhập
problem-signed-out = Phiên đăng nhập đã kết thúc nên chưa có gì thay đổi. Hãy đăng nhập lại và thực hiện lại bước vừa rồi.
problem-403 = Biểu mẫu không còn hiệu lực
problem-form = Biểu mẫu đã mở quá lâu hoặc không xuất phát từ trang web này. Chưa có gì thay đổi. Hãy quay lại, tải lại trang rồi gửi lần nữa.
problem-404 = Không tìm thấy
problem-404-message = Trang này không tồn tại, hoặc bạn không có quyền xem. Hãy kiểm tra địa chỉ, hoặc bắt đầu từ trang nhiệm vụ của bạn.
problem-405 = Không thể làm việc này ở đây
problem-408 = Gửi quá lâu
problem-408-message = Yêu cầu không đến kịp nên chưa có gì thay đổi. Bạn hãy gửi lại; kết nối tốt hơn có thể giúp ích.
problem-409 = Dữ liệu vừa thay đổi
problem-409-message = Nội dung bạn định thay đổi không còn như trước. Thao tác của bạn chưa được thực hiện. Hãy tải lại trang.
problem-413 = Dữ liệu quá lớn
problem-413-message = Dữ liệu bạn gửi vượt quá giới hạn của trang này. Chưa có gì thay đổi.
problem-429 = Quá nhiều yêu cầu cùng lúc
problem-429-message = Mạng của bạn đang gửi nhiều yêu cầu hơn mức chúng tôi phục vụ cùng lúc. Chưa có gì thay đổi. Hãy chờ một chút rồi thử lại.
problem-500 = Hệ thống gặp lỗi
problem-500-message = Chúng tôi chưa hoàn tất được thao tác này. Những gì bạn đã lưu trước đó vẫn còn. Hãy thử lại; nếu vẫn lỗi, hãy báo cho người quản trị Avow.
problem-503 = Xin chờ một chút
problem-503-message = Cơ sở dữ liệu tạm thời không phản hồi. Những gì bạn đã lưu trước đó vẫn còn. Hãy thử lại sau vài giây.
problem-answered = Biểu mẫu này đã được trả lời trước đó, và câu trả lời đó được giữ nguyên. Nếu đổi ý, bạn hãy mở lại chính sách từ trang nhiệm vụ.
problem-fields = Biểu mẫu có trường bị thiếu hoặc không hợp lệ. Chưa có gì thay đổi. Hãy quay lại, tải lại trang rồi gửi lần nữa.
problem-not-started = Bạn chưa bắt đầu khóa học này. Hãy mở khóa học từ trang nhiệm vụ của bạn rồi bắt đầu.
problem-not-completed = Bạn có thể trả lời sau khi hoàn thành khóa học này. Hãy mở khóa học từ danh sách nhiệm vụ của bạn.
problem-lessons-left = Bài kiểm tra sẽ mở khi bạn học xong tất cả các bài. Hãy quay lại khóa học.
problem-state = Không có trạng thái này. Hãy chọn một trạng thái trong danh sách trên trang.
problem-as-of = Ngày không đọc được hoặc nằm trong tương lai. Hãy viết ngày theo dạng 2026-03-31.

mail-greeting = Xin chào { $name },
mail-footer = Email này do hệ thống đào tạo an toàn thông tin của { $organisation } gửi. Vui lòng không trả lời vì hộp thư này không có người đọc.

# What changed, said to the ear.
changes-added = [thêm:
changes-removed = [bỏ:
changes-end = ]
