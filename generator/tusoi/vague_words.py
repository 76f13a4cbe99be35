"""The words of the lint for vague texts: Vietnamese phrases by what they tell. Data alone; `vague.py` reads it.

A longer phrase wins over a shorter one that begins at the same word: so `phát huy` is general, and `phát` (hand out) is an act.
Marks of tone may stand on either vowel (`hòa`, `hoà`), and a phrase without any mark matches a text that has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _phrases(text: str) -> frozenset[str]:
    """Read phrases, separated by semicolons and line ends."""
    return frozenset(each.strip() for line in text.splitlines() for each in line.split(";") if each.strip())


GENERAL: Final = _phrases("""
tăng cường; tăng cường hơn nữa; nâng cao; nâng cao hơn nữa; không ngừng nâng cao; nâng tầm; từng bước nâng cao; đẩy mạnh; đẩy mạnh hơn nữa; đẩy nhanh
đẩy nhanh tiến độ; thúc đẩy; phát huy; phát huy hơn nữa; phát huy tối đa; tiếp tục phát huy; tiếp tục; quan tâm; quan tâm hơn nữa; tiếp tục quan tâm
chú trọng; coi trọng; đề cao; nêu cao; giữ vững; củng cố; kiện toàn; chấn chỉnh; siết chặt; thắt chặt; đổi mới; đổi mới mạnh mẽ; hoàn thiện; từng bước
từng bước hoàn thiện; cải thiện; khắc phục; khắc phục ngay; khắc phục triệt để; khắc phục dứt điểm; khắc phục kịp thời; khắc phục dần; rút kinh nghiệm
nghiêm túc rút kinh nghiệm; rút kinh nghiệm sâu sắc; nghiêm túc kiểm điểm; tích cực; nghiêm túc; nghiêm minh; quyết liệt; sâu sát; sát sao; chặt chẽ
đồng bộ; triệt để; dứt điểm; hiệu quả; có hiệu quả; thiết thực; mạnh mẽ; mạnh dạn; linh hoạt; đúng mức; bám sát; quán triệt; triển khai đồng bộ
triển khai có hiệu quả; thực hiện tốt; thực hiện nghiêm; thực hiện nghiêm túc; thực hiện có hiệu quả; thực hiện đúng; thực hiện thắng lợi; làm tốt
làm tốt hơn nữa; làm tốt công tác; làm rõ trách nhiệm; xử lý nghiêm; xử lý kịp thời; giải quyết kịp thời; giải quyết dứt điểm; tập trung lãnh đạo
tập trung chỉ đạo; lãnh đạo, chỉ đạo; lãnh đạo chỉ đạo; chỉ đạo quyết liệt; công tác lãnh đạo; đôn đốc; phối hợp chặt chẽ; phối hợp tốt
phối hợp đồng bộ; vào cuộc; cả hệ thống chính trị; hệ thống chính trị; chủ động tham mưu; tích cực tham mưu; phấn đấu; nỗ lực; cố gắng; quyết tâm
ra sức; kiên quyết; kiên trì; không ngừng; từng bước khắc phục; bằng mọi biện pháp; bằng nhiều hình thức; tạo điều kiện; tạo điều kiện thuận lợi
tạo chuyển biến; tạo sự chuyển biến; chuyển biến; hỗ trợ kịp thời; rèn luyện; tu dưỡng; trau dồi; gương mẫu; nêu gương; tiên phong; cầu thị
thẳng thắn; lắng nghe; đoàn kết; đoàn kết, thống nhất; khối đoàn kết; khối đại đoàn kết; phát huy dân chủ; tập trung dân chủ; tinh thần trách nhiệm
ý thức trách nhiệm; ý thức tự giác; phong cách; lề lối; lề lối làm việc; tác phong; kỷ luật, kỷ cương; kỷ cương; phương thức lãnh đạo
năng lực lãnh đạo; sức chiến đấu; vai trò, trách nhiệm; trong sạch; vững mạnh; trong sạch, vững mạnh; xây dựng đảng; xây dựng nông thôn mới
xây dựng chi bộ; nền nếp; nề nếp; có nền nếp; nhiệm vụ chính trị; hoàn thành nhiệm vụ; hoàn thành tốt; hoàn thành xuất sắc; nhiệm vụ trọng tâm
trọng tâm, trọng điểm; khâu đột phá; các giải pháp; giải pháp phù hợp; biện pháp phù hợp; biện pháp khắc phục; có biện pháp; có giải pháp
kế hoạch khắc phục; kế hoạch cụ thể; lộ trình phù hợp; cụ thể hơn; cụ thể hóa; thời gian tới; trong thời gian tới; những năm tiếp theo; lâu dài
căn cơ; bền vững; toàn diện; mọi mặt; về mọi mặt; xuyên suốt; sâu rộng; rộng rãi; quản lý chặt chẽ; nắm chắc; nắm bắt; nắm chắc tình hình; góp phần
hướng tới; coi đây là; tránh tình trạng; hoàn thiện hơn nữa; lan tỏa; ứng dụng công nghệ thông tin; thực hành tiết kiệm; công khai, minh bạch
minh bạch; trách nhiệm giải trình; công tác tư tưởng; chất lượng, hiệu quả; sắp xếp công việc; phân công, phân nhiệm; dám nghĩ, dám làm; tự giác
tư tưởng, đạo đức; học tập và làm theo; sẽ cố gắng; hơn nữa; tốt hơn; sâu sắc; thực chất; nghiên cứu, đề xuất; tháo gỡ khó khăn; tháo gỡ; đa dạng hóa
quản trị rủi ro; thông lệ tốt; sự hài lòng; gắn bó; động lực; thông suốt; hài hòa; giữ gìn; phẩm chất; phẩm chất đạo đức; lối sống; bản lĩnh
bản lĩnh chính trị; lập trường tư tưởng; kiên định; trung thành; chấp hành; chấp hành nghiêm; chấp hành tốt; gắn bó mật thiết; mối liên hệ
liên hệ chặt chẽ; đi sâu, đi sát; nắm tình hình; đi đầu; xung kích; năng động; nhiệt tình; chu đáo; tận tụy; chia sẻ kinh nghiệm; trao đổi kinh nghiệm
bài học kinh nghiệm; đúc rút; định hướng; phân định rõ; phân công rõ; xác định rõ; quy định rõ; nêu rõ; nhận diện; đấu tranh; phản bác
hạn chế thấp nhất; giảm thiểu; tối ưu; tối ưu hóa; cân nhắc; tìm tòi; khơi dậy; phát triển bền vững; hiện đại hóa; đáp ứng yêu cầu; đáp ứng tốt
ngang tầm nhiệm vụ; đồng thuận; đồng lòng; tạo sức mạnh; sức mạnh tổng hợp; tạo môi trường; thân thiện; công tâm; nể nang; né tránh; đùn đẩy
sợ trách nhiệm; hình thức, đối phó; tồn tại, hạn chế; hạn chế, khuyết điểm; đặc biệt quan tâm; sát thực tế; sát tình hình; nhân rộng; cởi mở
linh hoạt, sáng tạo; vai trò lãnh đạo; tạo đột phá; bứt phá; chiều sâu; có chiều sâu; thống nhất cao; tính chủ động; tính chiến đấu; quyết tâm cao
quyết tâm chính trị
""")
"""What could stand in any plan. A text without any such phrase is hardly ever called vague."""

COMMON: Final = _phrases("""
theo dõi; rà soát; bổ sung; xử lý; giáo dục; tuyên truyền; vận động; công tác; chất lượng; trình độ; nghiệp vụ; năng lực; kỹ năng; nguồn lực; huy động
nâng; nghiên cứu; đề xuất; xem xét; phòng ngừa; ngăn chặn; ngăn ngừa; khoa học; dân chủ; điển hình; ổn định; chú ý; tham mưu; lãnh đạo; chỉ đạo
kiểm tra, giám sát; bồi dưỡng; đào tạo, bồi dưỡng; niềm tin; động viên; nhắc nhở; vướng mắc; thống nhất; phòng, chống; phòng chống; phòng và chống
quản lý nhà nước; thi đua; nhằm; gắn với; bảo đảm; đảm bảo; cải cách; cải cách hành chính; chuyển đổi số; khách quan; công bằng; đạo đức; khuyết điểm
ưu tiên; giải pháp; biện pháp; tư tưởng; phù hợp; hợp lý; rõ ràng; tập trung; duy trì; thường xuyên; kịp thời; chủ động; đầy đủ; đúng quy định
theo quy định; theo quy định của pháp luật; kiểm soát nội bộ; thái độ; tinh thần; vai trò; ý thức; nhận thức; chuyên nghiệp; sáng tạo; tự học; làm rõ
biểu dương; khuyến khích; chăm lo; hưởng ứng; xã hội hóa; học hỏi; nghiêm
""")
"""What stands in vague texts, and in concrete ones, too: only some of these together make a text vague."""

NEUTRAL: Final = _phrases("""
thay đổi; thay vì; thay mặt; thu hồi đất; thu hút; thu nhập; phát triển; phát hiện; phát sinh; phát động; phát biểu; cắt giảm; mở rộng; mở ra; trả lời
bỏ qua; bỏ ngỏ; đặt ra; đặc biệt; in ấn; lập trường; ghi nhận; đọc lập; gửi gắm; sửa chữa, khắc phục; sửa chữa; đường lối; đường hướng; sổ sách
bảng lương; ký kết; nộp ngân sách; đặt mục tiêu; xây dựng; xây dựng kế hoạch; xây dựng quy chế; xây dựng chương trình; xây dựng môi trường
ban hành trong; đã ban hành; được ban hành; văn bản ban hành; đề ra; đã đề ra; đầu tư công; đầu tư; cơ sở vật chất; đối chiếu với; tập huấn; bố trí
giao tiếp; giao lưu; giao thông; được giao; đội ngũ; thủ tục; đúng hạn; thời hạn; mua sắm; đấu thầu; mua sắm tài sản; bán hàng; cử tri; bầu cử
dừng lại ở; không dừng; cắm trại; đóng góp; đóng vai; mời gọi; dẫn đầu; dạy và học; chuyên môn, nghiệp vụ; đo lường; đánh giá; kiểm kê đất; lấy làm
lấy dân; ra sức; trồng trọt; nuôi dưỡng; hủy hoại; xóa đói; giảm nghèo; kiểm tra; giám sát; kiểm toán; xác nhận; bàn bạc; một số; một cách; một cửa
một bước; một bộ phận; một mặt; hai mặt; mọi người; nhất là; thứ nhất; thứ hai là; cấp trên; cấp dưới; tự phê bình; phê bình; tự soi; tự sửa
người đứng đầu; cán bộ, đảng viên; cán bộ; đảng viên; quần chúng; nhân dân; các cấp; các ngành; ban, ngành; đoàn thể; tổ chức; tổ chức đảng; năm học
năm nay; bốn tốt; ba tốt; năm tốt; hai giỏi; ba không; bốn không; ba nhất; bốn xin; bốn luôn; năm rõ; sáu rõ; sáu dám; bảy dám
bốn tại chỗ; ba công khai; ba trong một; hai trong một
""")
"""What tells nothing by itself, and is here so that no part of it is taken for an act or a number."""

ACTS: Final = _phrases("""
dán; niêm yết; ký; ký lại; in; lắp; lắp đặt; thay; đo; đo lại; đo đạc; cắm; cắm mốc; họp; họp bù; gửi; nộp; nộp lại; trả; trả lại; hoàn trả; trả đủ
thu hồi; thu lại; truy thu; thu đủ; bàn giao; đối chiếu; mở; mở thêm; ghi; ghi âm; lập; đọc; đọc lại; phát; mua; bán; sửa; sửa lại; bầu; cử; mời; xây
trồng; cắt; cắt bỏ; bỏ; bãi bỏ; dừng; tạm dừng; hủy; hủy bỏ; đấu giá; đấu thầu lại; thanh lý; kiểm kê; công khai bảng; công khai danh sách
công khai tại; công khai ở; công khai trên; công khai từng; công bố số; xin lỗi; thuê; chuyển; tách; gộp; chấm dứt; chấm công; quét; nhập; đăng
đăng ký; đưa ra biểu quyết; trực; gọi; hỏi; nhắn; đón; đưa đón; tiêm; khám lại; khám miễn phí; lấy mẫu; súc rửa; nạo vét; nạo; đào; đổ mái; đổ bê tông
rải; kẻ; tháo dỡ; tháo; dỡ; dời; di dời; chặt; chặt hạ; đấu nối; khoan; đóng van; đóng cửa; treo; thăm; tặng; quyên góp; nhận giúp; nhận đỡ đầu; dự
dự giờ; dự họp; giao ban; đối thoại; diễn tập; lấy ý kiến; lấy phiếu; bỏ phiếu; biểu quyết; bình xét; kết nạp; khai trừ; miễn nhiệm; bổ nhiệm
cách chức; khiển trách; điều chuyển; luân chuyển; thay thế; xóa; trích; chi trả; giải thể; thành lập; ban hành; dịch; soạn; chụp; quay phim; chốt
nghiệm thu; chạy thử; kiểm điểm trước; kiểm điểm trách nhiệm; viết; nêu tên; ghi tên; phạt; tịch thu; cưỡng chế; tổng vệ sinh; dọn; trang trí; sơn lại
khởi kiện; bồi thường; quyết toán; đếm; bốc thăm; rút mẫu; cấp phát; đặt ghế; lưu hình; lưu hồ sơ; tuần tra; tới nhà; đến nhà; dạy kèm; báo cáo số
báo cáo từng; bơm; tát nước; đắp; hàn; rắc; rửa; lau; phun; bón; gieo; cấy; thả cá; niêm phong; chở; bốc xếp; san lấp; lát; ốp; lợp; chống thấm
kéo dây; kéo điện; nâng nền; đập bỏ; phá dỡ; khơi thông cống; khơi thông mương; thông cống; chôn lấp; đốt; thu gom; phân loại; đóng gói; nấu
chấm điểm; chấm bài; đổi lịch; đổi giờ; đổi sang; đổi sổ; đăng tải; công bố; kê khai; trả lời từng; trả lời bằng; trả lời đơn; giải trình trước
đặt thêm; đặt bảng; đặt hòm thư; đặt biển; gắn biển; gắn camera; căng dây; che bạt; rào; khoanh vùng; tiêu hủy; cách ly; tiêm phòng; khử trùng
phát thuốc; cấp thuốc; cấp giấy; cấp lại; thu phí; miễn phí; giảm phí; hoàn phí; trừ lương; trả lương; tăng lương; ký nhận; điểm danh; bấm giờ
cho thuê; cho mượn; cho vay; vay; mượn; quét mã; quét vôi; sơn; vẽ; photo; in lại; đóng dấu; chuyển khoản; mở thầu; chỉ định; ủy quyền
phiên tòa giả định; đưa tin; phát loa; đọc trên loa; chiếu phim; hướng dẫn điền; hướng dẫn nộp; hướng dẫn tỉa
""")
"""Things that one can see done or not done."""

COMPOUNDS: Final = _phrases("""
địa bàn; chữ ký; thư ký; nhật ký; chi bộ; chi ủy; chi hội; chi đoàn; độc lập; thiết lập; cuộc họp; kỳ họp; hội họp; dự án; dự báo; dự toán; dự thảo
dự kiến; dự phòng; thu nhập; hội nhập; sáp nhập; gia nhập; xâm nhập; phát thanh; phát ngôn; tự phát; xuất phát; học hỏi; đòi hỏi; kêu gọi; lựa chọn
trực tiếp; trực thuộc; trực tuyến; thường trực; trực quan; đặc trưng; cắt giảm; từ bỏ; loại bỏ; xóa bỏ; bỏ sót; trả lời; vay trả; mở đầu; cởi mở
mở mang; sửa đổi; sửa soạn; sửa sai; in ấn; chuyển biến; chuyển mạnh; chuyển giao; chuyển hướng; luân phiên; đề cử; ứng cử; cử chỉ; buôn bán; mua bán
đo lường; chặt chẽ; kẻ xấu; kẻ gian; ghi nhớ; dừng lại; viết tắt; bài viết; phạt tiền; xử phạt; dịch bệnh; dịch vụ; giao dịch; phòng dịch; chủ tịch
bầu không khí; đổi thay; lập luận; lập pháp; xác lập; tạo lập; công lập; tư pháp; in đậm; đào tạo; khoan hồng; khoan dung; chỉ trích; đón nhận
đón đầu; chuyển đổi; chuyển dịch; chuyển hóa; vận chuyển; thăm dò; thăm hỏi; câu hỏi; hỏi đáp; nhập khẩu; phát sóng; lập kế hoạch; lập thành tích
lập nghiệp; tham dự; túc trực; chính trực; trung trực; cương trực; chủ chốt; tiêm nhiễm; tách rời; bỏ bê; từ chối; đăng cai; treo thưởng; mở lòng
trả giá; đo đếm; in sâu; lập công; bồi đắp; hàn gắn; tô vẽ; vay mượn; rào cản

""")
"""Words with a syllable that would be an act if it stood alone."""

PRODUCTS: Final = _phrases("""
biên bản; sổ theo dõi; sổ ghi; sổ giao ban; sổ trực; sổ nhật ký; nhật ký; bảng theo dõi; bảng phân công; bảng công; bảng hạn trả; bảng tin; bảng giá
bảng kê; bảng đối chiếu; bảng thu chi; danh sách; danh mục; lịch họp; lịch trực; lịch thu gom; lịch tiếp; giấy hẹn; giấy báo nợ; phiếu; phiếu góp ý
phiếu thu; tờ trình; tờ hướng dẫn; tờ rơi; thư xin lỗi; hợp đồng; biên lai; hóa đơn; chứng từ; bản đồ; sơ đồ; bản vẽ; hồ sơ hoàn công; bản sao
bản tự kiểm điểm; bản cam kết; mẫu sổ; mẫu phiếu; quy trình xử lý; quy trình theo dõi; sổ tay; tài liệu mẫu; định mức; trang thông tin; camera
máy quét; máy bơm; máy tính; máy lọc nước; đồng hồ đo; đồng hồ tổng; biển báo; biển cấm; biển chỉ dẫn; bóng đèn; bàn ghế; hàng rào; tường rào; bể lắng
bể chứa; con mương; mương thoát nước; cống thoát nước; van cống; bờ kè; cây cầu; ống nước; km ống; mái che; sân chơi; nhà vệ sinh; phòng học; xe lăn
thùng rác; loa; hòm thư; đường dây nóng; số điện thoại; phần mềm; tài khoản; rãnh thoát nước; lúa giống; cây giống; áp phích; nghị quyết chuyên đề
quyết định phân công; quyết định thành lập; đề cương; giáo án; bài kiểm tra; vắc xin; tủ sách; đầu sách; bảng lịch; mẫu nước; tin nhắn; bản tin
""")
"""Things that can be held or shown."""

PAPERS: Final = _phrases("""
quy chế; quy định; quy trình; quyết định; nghị quyết; kế hoạch; báo cáo; chương trình; đề án; hướng dẫn; nội quy; thông báo; kết luận; sổ; bảng; lịch
mẫu; tài liệu; văn bản; công văn; hồ sơ; quy ước; hương ước
""")
"""Papers of which every text speaks: a product only where an act stands before it (`ban hành quy chế`)."""

PLACES: Final = _phrases("""
nhà văn hóa; trụ sở; cổng trường; sân trường; trạm y tế; bộ phận một cửa; phòng họp; phòng hội đồng; phòng tiếp công dân; văn phòng; bảng tin
hiện trường; nhà dân; tại nhà; từng nhà; từng hộ; từng thôn; từng tổ dân phố; từng xóm; mỗi thôn; kho bạc; ngân hàng; quầy; trên loa; trang thông tin
cửa thư viện; thư viện; phòng học; bến xe; cánh đồng; chợ; trạm bơm; đường trục; đường liên thôn; tiểu khu; điểm trường; bãi rác; nhà máy; phân xưởng
kho; công trường; bếp ăn; nghĩa trang; đình; khu công nghiệp; ký túc xá; cơ quan bảo hiểm
""")
"""Places that are smaller than an organisation."""

PLACE_NOUNS: Final = _phrases("""
thôn; xóm; bản; ấp; tổ dân phố; tổ; khu; buôn; làng; phố; đường; chợ; hồ chứa; đập; trạm; kè; cầu; lớp; khối; dãy; tuyến; điểm; quầy; phòng; trường
cánh đồng; bãi; tiểu khu; nhà máy; kênh; mương; cống; đội; ngõ
""")
"""A name or a number after one of these makes a place: `thôn Đồi Sim`, `quầy số 3`."""

ACTORS: Final = _phrases("""
bí thư; phó bí thư; phó bí thư thường trực; bí thư chi bộ; chủ tịch; phó chủ tịch; chủ tịch xã; phó chủ tịch xã; ủy ban kiểm tra; ủy ban kiểm toán
ban kiểm soát; ban tổ chức; ban tuyên giáo; ban dân vận; văn phòng; văn phòng đảng ủy; công chức địa chính; công chức tư pháp; công chức văn hóa
công chức tài chính; cán bộ tư pháp; cán bộ thú y; cán bộ địa chính; kế toán; kế toán trưởng; thủ quỹ; thủ kho; hiệu trưởng; phó hiệu trưởng
tổ trưởng; tổ phó; tổ chuyên môn; giáo viên chủ nhiệm; cô giáo; trưởng thôn; trưởng bản; trưởng xóm; trưởng phòng; trưởng ban; phó trưởng ban
trưởng khoa; trưởng ca; đội trưởng; giám đốc; tổng giám đốc; phó giám đốc; bộ phận một cửa; công an xã; ban chỉ huy quân sự; đoàn thanh niên
bí thư đoàn; hội phụ nữ; hội nông dân; hội cựu chiến binh; ban thanh tra nhân dân; ban giám sát đầu tư; ban quản lý chợ; ban quản lý dự án; trạm y tế
kiểm lâm; kiểm lâm địa bàn; nhà thầu; đơn vị tư vấn; kiểm toán độc lập; kiểm toán nội bộ; phòng kế toán; phòng kinh doanh; phòng tổ chức
phòng hành chính; đảng ủy viên phụ trách; cấp ủy viên phụ trách; điều phối viên; tuyên truyền viên; bảo vệ; tổ công tác; chính quyền thôn; nhóm trưởng
người phát ngôn; đoàn kiểm tra; thường trực đảng ủy; chi hội; chi ủy viên
""")
"""Posts, and bodies by name. The organisation itself, and everybody, is nobody in particular."""

NOT_ACTING: Final = _phrases("của; với; đối với; cho; về; cùng; giữa; bởi; làm")
"""After these a post or body is spoken of, and does not act."""

RHYTHMS: Final = _phrases("""
hằng ngày; hàng ngày; hằng tuần; hàng tuần; hằng tháng; hàng tháng; hằng quý; hàng quý; mỗi ngày; mỗi tuần; mỗi tháng; mỗi quý; mỗi kỳ; mỗi học kỳ
mỗi buổi; từng tháng; từng quý; từng tuần; đầu tuần; cuối tuần; đầu tháng; cuối tháng; đầu quý; cuối quý; cuối ngày; cuối giờ; đầu giờ; hết tháng
hết quý; học kỳ i; học kỳ ii; trước tết; sau tết; trước mùa mưa; trước khai giảng; trước ngày khai giảng; thứ hai; thứ ba; thứ tư; thứ năm; thứ sáu
thứ bảy; chủ nhật; vụ hè thu; vụ đông xuân; vụ mùa
""")
"""When, without a figure."""

NUMBER_WORDS: Final = _phrases("một; hai; ba; bốn; năm; sáu; bảy; tám; chín; mười; mươi; trăm; nghìn; ngàn; triệu; tỷ; tỉ; vài chục")

UNITS: Final = _phrases("""
thôn; xóm; bản; tổ; chi bộ; chi hội; chi đoàn; xã; trường; lớp; khối; hộ; nhà; gia đình; người; em; cháu; đồng chí; đảng viên; cán bộ; công chức
viên chức; giáo viên; học sinh; hội viên; đoàn viên; công nhân; khách hàng; bệnh nhân; hồ sơ; thủ tục; đơn; vụ; vụ việc; trường hợp; điểm; công trình
dự án; gói; gói thầu; hợp đồng; biên bản; sổ; quyển; tờ; bộ; cái; chiếc; máy; xe; cây; con; tấn; tạ; kg; km; m; m2; m²; ha; lít; khối nước; đồng
nghìn; triệu; tỷ; tỉ; buổi; lần; lượt; kỳ; cuộc; chuyến; ngày; tuần; tháng; giờ; phút; phòng; quầy; sạp; ki-ốt; đoạn; tuyến; mốc; việc; khoản; bước
mẫu; đầu sách; đầu việc; phiếu; camera; bể; trạm; thửa; suất; nhà văn hóa; nhà thầu; phó giám đốc; chữ ký; cấp; khu; nhóm; đợt; đồng hồ; đôi; bảng
quý; %; phần trăm; công chức trẻ; đầu mối; xe lăn; thành viên; máy quét
""")
"""What is counted or measured."""

REFERENCES: Final = _phrases("""
nghị quyết; nghị quyết số; chỉ thị; chỉ thị số; quy định; quy định số; kết luận; kết luận số; quyết định; quyết định số; kế hoạch; kế hoạch số
hướng dẫn; hướng dẫn số; công văn; công văn số; thông báo; thông báo số; thông báo kết luận số; nghị định; nghị định số; thông tư; thông tư số
chương trình; chương trình số; đề án; đề án số; trung ương; khóa; khoá; đại hội; lần thứ; điều; khoản; điểm; luật; số; văn bản số; chương; mục
nhiệm kỳ; giai đoạn
""")
"""A figure after one of these names a paper, a session or a term, and counts nothing."""

SLOGANS: Final = _phrases("""
tốt; không; rõ; dám; xin; luôn; nhất; giỏi; khâu đột phá; đột phá; nhiệm vụ trọng tâm; nhiệm vụ; tại chỗ; công khai; giữ; biết; hơn; mặt
chương trình trọng điểm; trụ cột; tháng đầu; tháng cuối; năm; sạch; có
""")
"""A number before one of these is a slogan or a span of time: `4 tại chỗ`, `6 tháng đầu năm`."""

EVERYBODY: Final = _phrases("""
cán bộ, đảng viên; cán bộ, công chức; cán bộ; đảng viên; công chức; viên chức; giáo viên; người lao động; hội viên; đoàn viên; chi bộ; cơ quan
đơn vị; tổ chức; nhân viên; công nhân
""")
"""`100%` of these is everybody, and no measure."""

PREPOSITIONS: Final = _phrases("tại; ở; trên; vào; đến; tới; quanh; xuống; sang; trước; ngay tại")

CALENDAR: Final = _phrases("ngày; tháng; mùng; mồng; lúc; quý; ngày mùng; các ngày; vào ngày; trước ngày")
"""A figure after one of these is a date."""

GOING_ON: Final = _phrases("tiếp tục")
"""General, and yet the act behind it is promised: `tiếp tục thu hồi`."""

LINKS: Final = _phrases("và; việc; công tác; hoạt động")
"""Between a general phrase and the acts that it rules."""

QUARTERS: Final = _phrases("quý i; quý ii; quý iii; quý iv")

PHRASES: Final[Mapping[str, frozenset[str]]] = {
    "general": GENERAL,
    "common": COMMON,
    "neutral": NEUTRAL | COMPOUNDS,
    "act": ACTS,
    "product": PRODUCTS,
    "paper": PAPERS,
    "place": PLACES,
    "named": PLACE_NOUNS,
    "at": PREPOSITIONS,
    "actor": ACTORS,
    "object": NOT_ACTING,
    "date": RHYTHMS | QUARTERS,
    "number": NUMBER_WORDS,
    "calendar": CALENDAR,
    "going on": GOING_ON,
    "link": LINKS,
    "unit": UNITS,
    "reference": REFERENCES,
    "slogan": SLOGANS,
    "everybody": EVERYBODY,
}
"""Every phrase, by what it tells. One phrase may tell several things."""
