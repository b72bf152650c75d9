# What people owe and have done.

home-title = Nhiệm vụ của tôi
home-eyebrow = Nhiệm vụ của tôi
home-greeting = Xin chào { $name }
home-next = Việc tiếp theo của bạn
home-minutes = { $minutes ->
   *[other] khoảng { $minutes } phút
}
home-due = hạn: { $weekday }, { $due }
home-go-course = Vào khóa học
home-go-policy = Đọc chính sách
home-nothing = Bạn không có việc gì cần làm.
home-nothing-more = Khi có việc mới, chúng tôi sẽ viết cho bạn.
home-owed = Cần làm
home-done = Đã hoàn thành
home-why = Vì sao tôi được giao?
home-declined = bạn đã từ chối xác nhận
home-zone = Hạn tính đến hết ngày theo múi giờ { $zone }

state-complete_on_time = Đã hoàn thành
state-complete_late = { $days ->
   *[other] Đã hoàn thành, trễ { $days } ngày
}
state-withdrawn = Đã hủy
state-overdue_at_exit = Không hoàn thành
state-left_before_due = Không còn phải làm
state-paused = Tạm hoãn khi nghỉ phép
state-overdue = { $days ->
   *[other] Quá hạn { $days } ngày
}
state-due_soon = { $days ->
    [0] Đến hạn hôm nay
    [1] Đến hạn ngày mai
   *[other] Còn { $days } ngày
}
state-open = Cần làm
state-not_open = Chưa mở

record-title = Hồ sơ của tôi
record-lede = Những gì bạn đã hoàn thành và đã ký. Tất cả được lưu lâu dài tại đây.
record-kept = Giấy chứng nhận và biên nhận
record-caption = Mới nhất trước
record-what = Nội dung
record-kind = Loại
record-version = Phiên bản
record-when = Thời điểm
record-evidence-attempt = Giấy chứng nhận
record-evidence-lessons = Giấy chứng nhận
record-evidence-attestation = Biên nhận
record-empty = Chưa có gì
record-empty-help = Giấy chứng nhận và biên nhận của bạn sẽ được lưu tại đây.
record-about = Thông tin của tôi
record-about-help = Thông tin này do bộ phận Nhân sự cung cấp. Nếu có gì sai, hãy đề nghị bộ phận Nhân sự sửa lại.

why-eyebrow = Vì sao tôi được giao?
why-title = Vì sao tôi có nhiệm vụ “{ $title }”?
why-conditions = Nhiệm vụ này dành cho những ai đáp ứng tất cả điều kiện sau, và bạn thuộc số đó:
why-everybody = Nhiệm vụ này dành cho tất cả những người làm việc tại đây.
why-field-kind = loại nhân sự
why-field-department = bộ phận
why-field-location = nơi làm việc
why-field-country = quốc gia
why-field-legal_entity = công ty
why-field-job_role = vị trí công việc
why-op-in = là một trong
why-op-not_in = không thuộc
why-rule-launch = Nhiệm vụ này có hiệu lực từ { $in_force }, khi bạn đã làm việc tại đây.
why-rule-joiner = Bạn bắt đầu làm việc từ { $start }, sau khi nhiệm vụ này có hiệu lực.
why-rule-entered = Nhiệm vụ này áp dụng cho bạn từ khi vị trí của bạn thay đổi.
why-rule-rolling = Bạn hoàn thành lần gần nhất vào { $last }, và nhiệm vụ này cần được làm lại sau { $months } tháng.
why-rule-revised = Nội dung có thay đổi quan trọng từ { $date }, sau khi bạn đã hoàn thành.
why-due = Vì vậy, hạn là { $date }.
why-moved-leave = Do bạn nghỉ phép, hạn được lùi đến { $weekday }, { $date }.
why-moved-revised = Do nội dung có thay đổi quan trọng, hạn được lùi đến { $weekday }, { $date }.
why-zone = Hạn tính đến hết ngày theo múi giờ { $zone }.
why-assigned = Bạn được giao nhiệm vụ này vào { $date }.
why-other-title = Vì sao { $name } có nhiệm vụ “{ $title }”?
why-other-conditions = Nhiệm vụ này dành cho những ai đáp ứng tất cả điều kiện sau, và người này thuộc số đó:
why-other-rule-launch = Nhiệm vụ này có hiệu lực từ { $in_force }, khi người này đã làm việc tại đây.
why-other-rule-joiner = Người này bắt đầu làm việc từ { $start }, sau khi nhiệm vụ này có hiệu lực.
why-other-rule-entered = Nhiệm vụ này áp dụng cho người này từ khi vị trí của họ thay đổi.
why-other-rule-rolling = Người này hoàn thành lần gần nhất vào { $last }, và nhiệm vụ này cần được làm lại sau { $months } tháng.
why-other-rule-revised = Nội dung có thay đổi quan trọng từ { $date }, sau khi người này đã hoàn thành.
why-other-moved-leave = Do nghỉ phép, hạn được lùi đến { $weekday }, { $date }.
why-other-moved-revised = Do nội dung có thay đổi quan trọng, hạn được lùi đến { $weekday }, { $date }.
why-other-assigned = Nhiệm vụ được giao vào { $date }.
why-go-course = Vào khóa học
why-go-policy = Xem chính sách

programme-title = Chương trình tuân thủ
programme-lede = Ai phải làm gì, bao lâu một lần và trong thời hạn nào. Thay đổi bằng lệnh: avow programme apply programme.toml
programme-caption = Các yêu cầu và quy tắc đang có hiệu lực của từng yêu cầu
programme-requirement = Yêu cầu
programme-kind = Loại
programme-from = Có hiệu lực từ
programme-cadence = Chu kỳ
programme-rolling = { $months ->
   *[other] { $months } tháng một lần, tính từ lần trước
}
programme-once = một lần
programme-days = Số ngày để hoàn thành
programme-days-value = { $launch } khi bắt đầu áp dụng, { $joiner } với người mới vào
programme-audience = Đối tượng
programme-and-one-of = và ít nhất một trong các điều kiện sau:
programme-one-of = ít nhất một trong các điều kiện sau:
programme-everybody = tất cả mọi người
programme-rule = Quy tắc
programme-empty = Chưa có yêu cầu nào
programme-empty-help = Thêm yêu cầu bằng lệnh: avow programme apply programme.toml
