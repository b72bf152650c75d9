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
policy-eyebrow = Chính sách
policy-version = phiên bản { $version }
policy-effective = có hiệu lực từ { $date }
policy-owner = chịu trách nhiệm: { $owner }
policy-translation = Bản dịch.
policy-prevailing = Nếu nội dung các bản khác nhau, bản { $language } có giá trị áp dụng.

register-title = Thư viện
register-lede = Mọi phiên bản đã phát hành. Văn bản đã phát hành không bao giờ thay đổi; mỗi thay đổi là một phiên bản mới.
register-caption = Khóa học và chính sách, phiên bản mới nhất trước
register-content = Nội dung
register-kind = Loại
register-version = Phiên bản
register-materiality = Mức thay đổi
register-effective = Có hiệu lực từ
register-published = Ngày phát hành
register-review = Hạn rà soát
register-review-overdue = Quá hạn
register-frameworks = Khung tham chiếu
register-empty = Chưa phát hành nội dung nào
register-empty-help = Phát hành thư mục nội dung bằng lệnh: avow content publish
