# The preview of the content folder, for its authors.

preview-banner = Bản xem trước của thư mục nội dung. Không có gì được ghi lại; tên và ngày chỉ là ví dụ.
preview-eyebrow = Dành cho người soạn
preview-title = Thư mục nội dung
preview-lede = Mọi thứ đúng như người đọc sẽ thấy, bên cạnh là lỗi và số liệu.
preview-courses = Khóa học
preview-policies = Tất cả chính sách
preview-no-courses = Chưa có khóa học nào để hiển thị.
preview-no-policies = Chưa có chính sách nào để hiển thị.
preview-organisation = Tổ chức
preview-texts = Các văn bản
preview-texts-of = Các văn bản của “{ $title }”
preview-text = Văn bản
preview-state = Tình trạng
preview-jump = Đến ghi chú cho người soạn

preview-errors = { $count ->
   *[other] { $count } lỗi
}
preview-warnings = { $count ->
   *[other] { $count } cảnh báo
}
preview-nothing-wrong = không có lỗi
preview-untold = { $count ->
   *[other] Còn { $count } lỗi chưa nêu. Hãy sửa những lỗi này trước.
}
preview-explain = Giải thích
preview-elsewhere = Trong các tệp khác

preview-author = Ghi chú cho người soạn
preview-reload-hand = Sau khi lưu, hãy tự tải lại trang này.
preview-reload-save = Trang này tự cập nhật khi bạn lưu.
preview-reload-ended = Bản xem trước đã dừng. Hãy chạy lại, trang này sẽ tiếp tục.
preview-untranslated = Chưa có văn bản bằng { $language }.
preview-untranslated-more = Người đọc ngôn ngữ đó sẽ thấy đúng như thế này: văn bản bằng ngôn ngữ mặc định.
preview-not-whole = Ngôn ngữ này chưa đầy đủ.
preview-not-whole-more = Khi chưa có đủ mọi văn bản hiển thị được, người đọc sẽ thấy toàn bộ bằng ngôn ngữ mặc định.
preview-figures = Số liệu
preview-length = Độ dài
preview-words = { $count ->
   *[other] { $count } từ
}
preview-syllables = { $count ->
   *[other] { $count } âm tiết
}
preview-questions-count = { $count ->
   *[other] { $count } câu hỏi
}
preview-told = Thời gian được nêu
preview-counted = Thời gian tính được
preview-minutes = { $minutes } phút
preview-course-told = Thời gian được nêu cho toàn bộ: { $minutes } phút.
preview-course-counted = Thời gian tính được bằng { $language }: { $minutes } phút.
preview-level = Độ khó
preview-grade = lớp { $grade }
preview-goal = mục tiêu: không quá lớp { $goal }
preview-hard = khó đọc
preview-level-short = quá ngắn để đánh giá
preview-level-none = không có thang đo đã công bố
preview-translations = Ngôn ngữ
preview-source = là bản gốc của các bản dịch
preview-missing = chưa có
preview-current = còn khớp với bản gốc
preview-unrecorded = chưa ghi lại bản dịch này dựa trên bản gốc nào
preview-stale = cũ hơn bản gốc
preview-line = Dòng { $line }
preview-paper = Đề kiểm tra
preview-paper-about = Câu hỏi được rút theo số { $number } trong địa chỉ: cùng một số cho cùng một đề, số khác cho đề khác.
preview-paper-next = Rút đề khác
preview-go-on = Đi tiếp
preview-previous = Trước:
preview-next = Sau:
preview-whole = Khóa học:
preview-to-course = Về trang khóa học
preview-questions = Mọi câu hỏi kèm đáp án
preview-questions-lede = Những gì người học chỉ thấy sau khi trả lời, và không bao giờ thấy tất cả cùng lúc.
preview-questions-none = Khóa học chưa có câu hỏi nào.
preview-pool = Mỗi lần làm bài rút { $draw } câu trong số này.
preview-critical = bắt buộc phải đúng
preview-forget = Xóa câu trả lời của tôi trong khóa học này

preview-gone = Không có văn bản này
preview-gone-message = Văn bản này không có trong thư mục, hoặc không còn nữa. Nếu ở đó có lỗi, ghi chú sẽ nêu rõ. Trang sẽ hiện ra khi có văn bản.
preview-broken = Không hiển thị được
preview-broken-message = Có văn bản này, nhưng trong đó có lỗi. Ghi chú nêu rõ lỗi gì. Trang sẽ hiện ra khi lỗi được sửa.
preview-signed = Biên nhận sẽ hiện ở đây
preview-signed-message = Không có gì được ký hay ghi lại.
preview-name = Trần Thị Mai (ví dụ)
preview-back = Tiếp tục
