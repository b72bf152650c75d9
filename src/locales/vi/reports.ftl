# Reports, teams, operations.

report-as-of = tính đến { $instant }

report-end-of = hết { $day }

overview-title = Báo cáo
overview-progress = { $done }/{ $counted } đã hoàn thành ({ $rate })
overview-list = { $count ->
   *[other] Xem toàn bộ { $count } nhiệm vụ
}
overview-departments = Theo bộ phận
overview-departments-caption = Nhiệm vụ theo bộ phận, gộp tất cả yêu cầu
overview-no-department = Không có bộ phận
overview-assigned = Đã giao
overview-done = Đã hoàn thành
overview-owed = Cần làm
overview-overdue = Trong đó quá hạn
overview-declined = Từ chối
overview-declined-caption = Ai từ chối ký xác nhận và vì sao
overview-declined-reason = Lý do
overview-empty = Chưa giao nhiệm vụ nào
overview-empty-help = Hãy nhập danh sách nhân sự và áp dụng chương trình tuân thủ; nhiệm vụ sẽ được giao trong vòng một giờ, hoặc ngay lập tức bằng lệnh: avow programme evaluate

filter-all = Tất cả
filter-state-done = Đã hoàn thành (tất cả)
filter-state-owed = Cần làm (tất cả)
filter-state-complete_on_time = Hoàn thành đúng hạn
filter-state-complete_late = Hoàn thành trễ hạn
filter-state-withdrawn = Đã hủy
filter-state-overdue_at_exit = Quá hạn khi rời công ty
filter-state-left_before_due = Rời công ty khi chưa đến hạn
filter-state-paused = Đang nghỉ phép
filter-state-overdue = Quá hạn
filter-state-due_soon = Đến hạn trong 7 ngày tới
filter-state-open = Đang mở
filter-state-not_open = Chưa mở

completion-title = Tình hình hoàn thành
completion-definition = mỗi dòng là một nhiệm vụ: người × yêu cầu × kỳ
completion-filter = Bộ lọc
completion-as-of = Tính đến hết ngày
completion-filter-button = Lọc
completion-zip = Xuất dữ liệu: CSV kèm bảng kê
completion-manifest = Bảng kê
completion-caption = { $total ->
   *[other] { $total } nhiệm vụ
}
completion-due = Hạn
completion-completed = Ngày hoàn thành
completion-days = Số ngày trễ
completion-declined = (đã từ chối)
completion-empty = Không có nhiệm vụ nào khớp với bộ lọc
completion-empty-help = Xem tất cả

team-title = Nhóm của tôi
team-lede = { $count ->
   *[other] Bạn quản lý { $count } người, trong đó { $overdue } người có nhiệm vụ quá hạn.
}
team-show = Hiển thị
team-show-all = Tất cả
team-show-owed = Còn việc cần làm
team-show-overdue = Có việc quá hạn
team-none = Không có ai khớp với bộ lọc
team-caption = Những người do bạn quản lý trực tiếp hoặc qua các cấp, cùng nhân sự thuê ngoài mà họ phụ trách
team-status = Trạng thái
team-due = hạn: { $date }
team-nothing = Chưa được giao nhiệm vụ nào
team-empty = Nhóm của bạn chưa có ai
team-empty-help = Khi bộ phận Nhân sự ghi bạn là quản lý hoặc người phụ trách của ai, người đó sẽ xuất hiện ở đây.

operations-title = Vận hành
operations-waiting = { $count ->
   *[other] { $count } tác vụ đang chờ
}
operations-dead = Tác vụ thất bại
operations-dead-caption = Những tác vụ thất bại và không tự chạy lại, mới nhất trước
operations-none-dead = Không có tác vụ nào thất bại.
operations-job = Tác vụ
operations-when = Thời điểm
operations-attempts = Số lần thử
operations-error = Lỗi
operations-action = Thao tác
operations-retry = Thử lại
operations-schedule = Lịch chạy
operations-schedule-caption = Các tác vụ tự động và lần chạy tiếp theo
operations-next = Lần tới
operations-no-schedule = Chưa có tác vụ nào chạy.
operations-mails = Email trong 24 giờ qua
operations-mail-folder = Chưa thiết lập máy chủ email; email được ghi vào
operations-smtp = Email được gửi qua máy chủ email.
operations-no-mails = Không có.
mail-kind-sign-in-link = Liên kết đăng nhập
mail-kind-receipt = Biên nhận
mail-kind-reminder = Lời nhắc
