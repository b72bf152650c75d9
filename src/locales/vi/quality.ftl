# How good the questions of a course are.

quality-title = Câu hỏi của khóa học “{ $course }”
quality-lede = Câu trả lời đầu tiên của người học cho biết gì về từng câu hỏi. Những câu cần xem lại được xếp lên đầu.
quality-questions = { $count ->
   *[other] { $count } câu hỏi
}
quality-measured = { $count ->
   *[other] { $count } câu có từ { $fewest } lượt trả lời trở lên
}
quality-flagged = { $count ->
    [0] không có câu nào cần xem lại
   *[other] { $count } câu cần xem lại
}
quality-versions = Các phiên bản
quality-caption = Chỉ tính câu trả lời đầu tiên, không tính những lần làm lại
quality-question = Câu hỏi
quality-place = Vị trí
quality-check = câu hỏi trong bài học
quality-answers = Lượt trả lời
quality-right = Đúng ngay lần đầu
quality-interval = Khoảng tin cậy 95%
quality-discrimination = Độ phân biệt
quality-marks = Cần xem lại
quality-per-cent = { $number }%
quality-few-answers = chưa đủ { $fewest } lượt trả lời
quality-empty = Phiên bản này không có câu hỏi nào
quality-empty-help = Câu hỏi trong bài học và bài kiểm tra sẽ xuất hiện ở đây.
quality-each = Từng câu hỏi
quality-from = { $count ->
   *[other] { $count } câu trả lời đầu tiên
}
quality-legend = Thanh trên cùng: tỷ lệ trả lời đúng hoàn toàn, kèm khoảng tin cậy 95% và hai ngưỡng 40% và 97%. Bên dưới: tỷ lệ người chọn từng đáp án; ✓ là đáp án đúng.
quality-numbers = Đúng ngay lần đầu: { $share } (khoảng tin cậy 95%: { $interval }).
quality-numbers-more = Độ phân biệt: { $discrimination }.
quality-chart = Đúng ngay lần đầu: { $share }, khoảng tin cậy 95%: { $interval }. Tỷ lệ chọn: { $answers }.
quality-chart-right = { $answer } (đúng): { $share }
quality-chart-wrong = { $answer }: { $share }
quality-answer = Đáp án
quality-chosen = Số người chọn
quality-share = Tỷ lệ
quality-is-right = đúng
quality-dead = đáp án gần như không ai chọn
quality-flag-suspect = nghi sai đáp án
quality-flag-hard = khó hiểu hoặc sai đáp án
quality-flag-weak = cần xem lại
quality-flag-easy = quá dễ, không dạy được gì
quality-flag-dead = gần như không ai chọn: { $answers }
quality-scenarios = Tình huống
quality-scenarios-caption = Kết thúc mà người học đi đến trong lần đầu của mỗi tình huống
quality-scenario = Tình huống
quality-endings = Số lần kết thúc
quality-ended-well = Kết thúc tốt
quality-few-endings = chưa đủ { $fewest } lần kết thúc
quality-survey = Ý kiến người học
quality-survey-about = Người hoàn thành khóa học có thể trả lời ẩn danh hai câu hỏi theo thang điểm từ 1 đến 5.
quality-ends-useful = 1: hoàn toàn không, 5: rất có ích
quality-ends-clear = 1: hoàn toàn không, 5: rất dễ hiểu
quality-mean = { $count ->
   *[other] Trung bình { $mean }/5, từ { $count } lượt trả lời
}
quality-few-voices = chưa đủ { $fewest } lượt trả lời
quality-review = Rà soát
quality-review-last = Lần rà soát gần nhất
quality-review-none = Chưa rà soát lần nào
quality-review-outcome = Kết quả
quality-outcome-unchanged = Giữ nguyên
quality-outcome-change = Cần phiên bản mới
quality-review-threats = Các mối đe dọa đã xem xét
quality-review-notes = Ghi chú
quality-review-next = Hạn rà soát tiếp theo
quality-reading = Cách đọc các số liệu
quality-reading-first = Mỗi lượt học của một người chỉ tính câu trả lời đầu tiên, vì sau đó họ đã xem phần phản hồi. Câu có nhiều đáp án đúng được tính là đúng khi chọn chính xác các đáp án đó. Nếu có dưới 30 lượt trả lời (dưới 5 lượt với phần ý kiến) thì không hiển thị gì: ít người thì có thể nhận ra là ai, và ít câu trả lời thì chưa nói lên được nhiều.
quality-reading-interval = Khoảng tin cậy cho biết tỷ lệ này chắc chắn đến đâu: nếu có thêm nhiều người học tương tự, trong 100 trường hợp thì khoảng 95 trường hợp tỷ lệ thật nằm trong khoảng đó.
quality-reading-discrimination = Độ phân biệt so sánh việc trả lời đúng câu này với số câu còn lại mà người học trả lời đúng: gần 1 nghĩa là ai nắm được phần còn lại cũng nắm được câu này; gần 0 nghĩa là không liên quan; dưới 0 nghĩa là ngược lại. Nếu mọi người trả lời như nhau thì không tính. Với câu hỏi trong bài học, chỉ tính những người đã trả lời tất cả các câu.
quality-why-suspect = những người nắm được phần còn lại lại trả lời sai câu này nhiều hơn người khác. Có thể đáp án sai đang được đánh dấu là đúng.
quality-why-hard = dưới 40% trả lời đúng. Có thể câu hỏi khó hiểu, hoặc đáp án sai đang được đánh dấu là đúng.
quality-why-weak = độ phân biệt dưới 0,20: câu này cho biết rất ít về việc ai nắm được nội dung.
quality-why-easy = trên 97% trả lời đúng: mọi người đã biết từ trước.
quality-why-dead = một đáp án sai mà dưới 5% người học chọn thì không khiến ai phải suy nghĩ.
quality-reading-limits = Các số liệu này cho biết người học biết gì và đánh giá khóa học ra sao. Chúng không cho biết mọi người làm gì trong công việc, cũng không cho biết tổ chức có an toàn hơn hay không.
