# Taking a course.

course-eyebrow = Khóa học
course-changes = Điểm mới trong phiên bản này:
course-done = Bạn đã hoàn thành khóa học này.
course-certificate = Xem giấy chứng nhận
course-lessons = { $count ->
   *[other] { $count } bài học
}
course-questions = { $count ->
   *[other] bài kiểm tra { $count } câu
}
course-due = hạn: { $date }
course-progress = Đã học xong { $done }/{ $total } bài
course-minutes = { $minutes ->
   *[other] khoảng { $minutes } phút
}
course-minutes-left = { $minutes ->
   *[other] còn khoảng { $minutes } phút
}
course-start = Bắt đầu khóa học
course-contents = Các bài học
course-lesson-done = đã xong
course-lesson-current = bạn đang học đến đây
course-go-on = Học tiếp
course-quiz = Bài kiểm tra
course-quiz-about = { $questions } câu hỏi; đúng từ { $pass }% trở lên là đạt. Bạn có thể làm lại bao nhiêu lần tùy ý và dừng bất cứ lúc nào; câu trả lời của bạn vẫn được lưu.
course-quiz-begin = Vào bài kiểm tra
course-quiz-again = Làm lại bài kiểm tra
course-quiz-later = Bài kiểm tra sẽ mở khi bạn học xong tất cả các bài.

lesson-of = bài { $number }/{ $total }
lesson-missing = Hãy trả lời các câu hỏi của bài này trước
lesson-missing-question = Đến câu chưa trả lời
lesson-answer = Trả lời
lesson-answer-again = Trả lời lại
scenario = Bạn sẽ làm gì?
scenario-chosen = Bạn đã chọn:
scenario-good = Một kết thúc tốt.
scenario-poor = Lẽ ra có thể kết thúc tốt hơn.
scenario-again = Nếu muốn, bạn có thể thử cách khác.
scenario-not-ended = Hãy chọn việc bạn sẽ làm cho đến khi tình huống kết thúc.
lesson-answer-first = Hãy trả lời các câu hỏi ở trên rồi học tiếp.
lesson-finish-next = Xong bài này, học tiếp “{ $title }”
lesson-finish-last = Xong bài này, về trang khóa học
lesson-nav = Các bài học
lesson-previous = Quay lại “{ $title }”
lesson-back = Tất cả bài học

answer-right = Đáp án đúng
answer-wrong = Bạn chọn câu này, chưa đúng
answer-all-right = Đúng rồi.
answer-not-right = Chưa đúng.

attempt-number = làm bài lần { $number }
attempt-lede = Bạn cứ làm thong thả. Đúng từ { $pass }% trở lên là đạt.
attempt-missing = Còn câu hỏi chưa trả lời
attempt-missing-question = Đến câu { $number }
attempt-no-answer = Hãy chọn câu trả lời
attempt-saved = Đã lưu câu trả lời của bạn.
attempt-saved-more = Bạn có thể dừng ở đây rồi quay lại sau.
attempt-submit = Nộp bài
attempt-save = Lưu lại, làm tiếp sau

result-passed = Bạn đã đạt
result-not-passed = Bạn chưa đạt
result-score = Đúng { $right }/{ $total } câu
result-points = { $points } điểm, tính cả những câu đúng một phần.
result-needed = Cần đúng { $needed } câu để đạt.
result-critical = Có câu hỏi trọng yếu chưa đúng; câu này bắt buộc phải đúng.
result-is-critical = Câu hỏi trọng yếu, bắt buộc phải đúng
result-home = Về nhiệm vụ của tôi
result-again = Làm lại với câu hỏi khác
result-lessons = Xem lại các bài học
result-wrong = Những câu chưa đúng và lý do

certificate-title = Giấy chứng nhận hoàn thành
certificate-completed = đã hoàn thành khóa học
certificate-when = Thời điểm hoàn thành
certificate-by = Đơn vị cấp
certificate-version = Phiên bản khóa học
certificate-number = Mã số
certificate-hash = Mã băm nội dung khóa học

survey-title = Bạn thấy khóa học này thế nào?
survey-heading = Hai câu hỏi dành cho bạn (không bắt buộc)
survey-anonymous = Câu trả lời của bạn là ẩn danh: chúng tôi chỉ đếm số lượt chọn mỗi mức điểm, không ghi lại ai đã chọn. Sau khi gửi, không ai có thể sửa hay tra lại câu trả lời, kể cả bạn.
survey-useful = Khóa học này có ích cho công việc của bạn không?
survey-useful-low = hoàn toàn không
survey-useful-high = rất có ích
survey-clear = Khóa học có dễ hiểu không?
survey-clear-low = hoàn toàn không
survey-clear-high = rất dễ hiểu
survey-send = Gửi ẩn danh
survey-missing = Hãy trả lời ít nhất một câu.
survey-thanks = Cảm ơn bạn.
survey-counted = Câu trả lời của bạn đã được ghi nhận và sẽ giúp nhóm biên soạn cải thiện khóa học.
