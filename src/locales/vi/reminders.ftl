# Reminder mails.

reminder-subject = { $count ->
    [1] Cần làm: { $title } (hạn: { $due })
   *[other] Bạn có { $count } nhiệm vụ cần làm, hạn gần nhất: { $due }
}
reminder-subject-overdue = { $count ->
    [1] Quá hạn: { $title }
   *[other] Bạn có { $count } nhiệm vụ cần làm, trong đó có nhiệm vụ quá hạn
}
reminder-intro = { $count ->
   *[other] Bạn có { $count } nhiệm vụ cần làm tại { $organisation }:
}
reminder-due = hạn: { $due }
reminder-go = Bạn có thể thực hiện tại đây:
reminder-button = Xem nhiệm vụ của tôi
reminder-careful = Bạn không muốn bấm vào liên kết trong email? Cẩn thận như vậy là rất tốt. Hãy tự gõ { $intranet } vào trình duyệt.
reminder-wrong = Nếu email này không dành cho bạn, hoặc bạn không thể hoàn thành đúng hạn, hãy viết cho { $email }.
