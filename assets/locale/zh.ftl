# 程序自己的话，中文。

## 各栏
image = 图 { $number }
key-points = 内容提要
sections = 章节
questions = 提问
from-the-questions = 文章没有提要，这里是文中的提问
turns = { $turns } 个回合
speakers-count = 发言人 { $speakers } 位
length = { $turns ->
    [0] { "" }
   *[other] { $turns } 个回合，{ $speakers } 位发言人，
}约 { $minutes } 分钟
together = 合计 { $turns }
part-again = 重新分开：{ $name }
recording-at = 录音 { $time }
lost = 未找到

## 状态行
status-turn = 回合 { $turn }/{ $turns }
status-section = 章节 { $section }/{ $sections }
status-follow = 只读 { $name }
status-hit = 命中 { $hit }/{ $hits }：{ $query }
status-end = { $percent }%
status-left = { $percent }%  还有 { $minutes } 分钟
terminal-not-utf8 = 这个终端给“中”字 { $cells } 格：它不是 UTF-8
unsaved = 还没存好：{ $count } 条
go-to-hint = 57、40%、1:02:03
rename = { $name } 改称：
rename-hint = 留空则恢复原文的称呼
a-note = 批注
note-hint = Enter 存下，Alt-Enter 换行，# 加标签
title-doubt = 这是不是《{ $title }》（书签 { $count } 个）？
doubt-same = 是，书签归到这一篇
doubt-other = 不是，那是另一篇文章
bookmarks-joined = 归来了 { $count } 个书签
filter-hint = 几个词，或 #标签
selection = 已选 { $count } 字   j k 按句  l h 按词  m 1-4 标记  a 批注  y 复制
selection-placing = 把找不到的段落放到这里：选好后按 m（已选 { $count } 字）

## 列表
title-speakers = 发言人
title-merge = { $name } 其实是
title-outline = 提纲
title-summary = 提要
title-bookmarks = 书签
title-all-bookmarks = 全部文章的书签
title-note = 批注
title-links = 本页的链接
title-help = 按键
keys-reading = 正文里
keys-selection = 选择段落时
keys-list = 列表里
keys-prompt = 输入时

## 通知
no-turns = 这篇文章里没有对话回合
no-speakers = 这篇文章不是访谈，没有发言人
last-turn = 已经是最后一个回合
first-turn = 已经是第一个回合
last-turn-of = { $name } 后面没有发言了
first-turn-of = { $name } 前面没有发言了
first-section = 前面没有章节了
last-section = 已经是最后一节
no-such-speaker = 没有 { $number } 号发言人
nobody-speaks = 这里没有人在说话
following = 只读 { $name }，其他人各折成一行；再按一次恢复
following-everyone = 恢复所有人的发言
no-room-for-speakers = 这里放不下这一栏，70 列以上才显示
only-speakers = 这个键用在发言人列表里：按 s
renamed = { $old } 改称 { $name }
name-taken = { $name } 是另一位发言人；按 m 可以合并
merged = { $name } 并入 { $other }；在 { $other } 上按 m 可以分开
parted = { $other } 又是单独一位了
nobody-else = 没有别人可以合并
no-sections = 这篇文章没有发言人，也没有章节
no-outline = 没有章节，也没有提问
no-links = 本页没有链接或图片
opening = 正在打开 { $url }
no-such-place = 去不了“{ $place }”；可以输入 57、40% 或 1:02:03
no-such-turn = 一共只有 { $turns } 个回合
no-times = 这篇文章没有时间标记
no-recording = 文章没有说明录音或视频的地址
no-time-here = 不知道这里是什么时间说的
no-search = 还没有搜索过；按 / 开始搜索
no-hits = 文中没有“{ $query }”
search-from-start = 已从开头继续
search-from-end = 已从末尾继续
no-jump-back = 没有更早的跳转
no-jump-forward = 没有更晚的跳转
theme = 主题 { $name }
mouse-released = 鼠标交还终端：可以选择文字
mouse-captured = 鼠标由阅读器接管：滚轮和点击
measure = 一行 { $cells } 格
bookmarked = 已加书签：{ $quote }
bookmark-removed = 已删除书签
bookmark-changed = 书签已改
bookmark-restored = 书签已恢复：{ $quote }
bookmark-gone = 这个书签已在别处删除
nothing-to-undo = 没有可撤销的
nothing-to-redo = 没有可重做的
no-bookmark-here = 这一段里没有书签
only-bookmarks = 这个键用在书签列表里：按 M
open-it-first = 它在另一篇文章里，按 Enter 打开
article-unknown = 还不知道《{ $title }》的文件在哪里：请打开它一次
article-not-opened = { $file } 打不开
copied = 已复制 { $characters } 个字符
copied-tmux = { $characters } 个字符已存入 tmux 缓冲区，并发往终端剪贴板
copied-tmux-only = { $characters } 个字符只存入了 tmux 缓冲区：终端剪贴板放不下
copy-sent = 已把 { $characters } 个字符发往终端剪贴板（OSC 52）
copy-too-long = 没有复制：{ $kilobytes } kB，终端剪贴板放不下
copy-failed = 没有复制：终端不接受输出
nothing-to-copy = 这里没有可复制的文字
no-sentence = 本页没有句子
no-bookmarks = 还没有书签；按 m 添加
speaker-from-start = 已从这位的第一回合继续
place-behind = 上次读到别处：跳回即到
still-saving = 这一句还在保存
unsaved-at-end = 有 { $count } 处书签改动没能存下：磁盘拒绝写入
bookmarks-from-start = 已从第一个书签继续
passage-lost = 原文里已经找不到这一段

## 用户的文件
toml-error = { $file }:{ $line }：{ $why }
keymap-table = { $file }:{ $line }：没有 [{ $name }] 这个表；是不是 [{ $near }]？
keymap-key = { $file }:{ $line }：“{ $name }”不是按键
keymap-command = { $file }:{ $line }：这里没有命令 { $name }；是不是 { $near }？
keymap-number = { $file }:{ $line }：“{ $name }”后面要有一个从 1 起的数，或者不带数
setting-unknown = { $file }:{ $line }：没有设置 { $name }；是不是 { $near }？
setting-value = { $file }:{ $line }：{ $name } 不能是 { $value }，可以是 { $want }
template-field = { $file }:{ $line }：{ $name } 里没有 { $field } 这一项；是不是 { $near }？
template-bracket = { $file }:{ $line }：{ $name } 里的 { $bracket } 不成对；要这个字符本身就写 \{ $bracket }
template-no-text = { $file }:{ $line }：{ $name } 里没有 {"{text}"}，会漏掉那段话
theme-colour = { $file }:{ $line }：{ $name } = { $value } 不是主题的颜色；写成 名称 = "#rrggbb"
unread = { $file }：{ $why }；请检查文件和权限
not-there = 文件不存在
no-such-theme = 没有主题 { $name }；现有 { $names }

## 打开
open-missing = { $file }：没有这个文件；请检查路径
open-denied = { $file }：没有读取权限；请检查权限
open-directory = { $file }：这是一个目录；请指定其中的文件
open-device = { $file }：这既不是文件也不是管道；请指定文本文件
open-long = { $file }：超过 1 GiB；请先拆开
open-empty = { $file }：里面没有文字
open-binary = { $file }：这不是文本文件；如果是，请用 --encoding 指明编码
no-such-encoding = --encoding：没有编码 { $name }；可以试 utf-8、gb18030、big5、shift_jis 或 euc-kr
decoded = 已按 { $encoding } 解码；可用 --encoding 指定
decoded-damaged = 有 { $places } 处损坏，显示为 �
open-refused = 没有打开：{ $url } 不是 http、https 或 mailto
open-failed = 打不开 { $url }
no-terminal = 没有可以阅读的终端；请用 fangtan print FILE
terminal-failed = 终端出错：{ $why }
failed = 出错：{ $why }

## 命令行
cli-about = 在终端里读长访谈：谁在说话，一个回合一个回合，排好版
cli-examples =
    例子：
      fangtan 访谈.md                     阅读；? 看按键，q 退出
      fangtan                            读自带的指南
      curl -s URL | fangtan -            从标准输入读
      fangtan print 访谈.md --width 72 | less
      fangtan export 访谈.md --to json
      fangtan marks list
      fangtan marks export 访谈.md --to md
    
    与子命令同名的文件写成 ./guide 打开。
    config.toml 和 keymap.toml 在配置目录里（~/.config/fangtan）。
cli-commands = 命令
cli-options = 选项
cli-file = 文章；- 表示标准输入
cli-guide = 读自带的指南：一篇谈怎么读访谈的访谈
cli-print = 打印排好版的文字，不带转义序列
cli-width = 宽度（格）；不给则用终端宽度，否则 80
cli-export = 打印访谈的结构
cli-to = 格式
cli-explain = 与 JSON 同用：列出考虑过的排版方式及其得分
cli-marks = 在命令行管理书签
cli-marks-list = 按原文次序列出一篇或所有文章的书签
cli-marks-file = 文章；不给则列出所有文章的
cli-marks-add = 给一段话加书签；写入磁盘后打印编号
cli-marks-edit = 修改书签的附注、标签或高亮
cli-marks-remove = 删除书签
cli-marks-export = 打印一篇或所有文章的书签：可留存的文档（md）、供另一台机器用的全部数据（json）或 W3C 注解（w3c）
cli-marks-to = 格式；md 给人读，json 和 w3c 可以再导入
cli-marks-import = 导入本程序或其他注解工具导出的书签；重复导入无妨
cli-import-file = marks export 的 JSON、W3C 注解或 Hypothesis 的导出；- 表示标准输入
cli-quote = 原文里的那段话
cli-note = 附注
cli-edit-note = 新的附注；"" 表示去掉
cli-tag = 标签；可以给多次
cli-edit-tag = 换成这个标签；可以给多次，"" 表示全部去掉
cli-filter-tag = 只要有这个标签的；给多次则须全有
cli-search = 只要摘录、附注、标签、发言人或标题里有这段文字的
cli-highlight = 高亮的种类，1 到 4
cli-id = 书签的编号
cli-json = 以 JSON 输出
cli-keys = 列出当前的按键和作用
cli-completions = 打印某个 shell 的补全脚本
cli-shell = shell 的名字
cli-man = 打印手册页
cli-ambiguous = “ ” — … 这类字符的宽度：auto、1 或 2
cli-lang = 程序自己用的语言
cli-encoding = 按这个编码读文件
cli-color = 何时用颜色
cli-config = 用这个文件代替 config.toml
cli-keymap = 用这个文件代替 keymap.toml
cli-two-jobs = 文件写在命令后面：{ $command } { $file }
cli-usage = 用法：
cli-arguments = 参数
cli-help = 显示帮助
cli-version = 显示版本

## 书签
not-saved = 没有存好：{ $why }；会再试
not-written = 没有存下：{ $why }；请检查数据目录和磁盘，然后再来一次
marks-damaged = 书签文件里有 { $lines } 行损坏，已原样保留；第一处在 { $file }:{ $line }
marks-unread = 读不了书签：{ $why }
no-home = 没有主目录，书签无处可存；请设置 HOME 或 XDG_DATA_HOME
no-such-mark = 没有书签 { $id }；用 fangtan marks list 查看
quote-not-found = { $file }：文中没有“{ $quote }”；请照原文引用
untitled = 无题
passage-near = 原文后来有改动
passage-gone = 原文里已经没有这一段
imported = 新增 { $added } 条，更新 { $changed } 条，已有 { $same } 条{ $passed ->
    [0] { "" }
   *[other] ；略过 { $passed } 条没有摘录的注解
}
import-bad = { $file }:{ $line }：{ $why }；请改正这一行或重新导出，没有导入任何书签
import-encoding = { $file }：不是 UTF-8 文本；请用 --encoding 指明编码，没有导入任何书签
import-later = { $file }：由更新的 fangtan 写出；请先升级，没有导入任何书签
import-unknown = { $file }：既不是书签也不是注解；请给 marks export 或注解工具写出的文件
import-no-quotes = { $file }：里面没有一条注解摘录了原文；请连同 TextQuoteSelector 一起导出

## 命令
line-down = 向下滚动一行
line-up = 向上滚动一行
page-down = 下一页
page-up = 上一页
half-page-down = 下半页
half-page-up = 上半页
article-start = 到开头
article-end = 到末尾
go-to = 去某个回合（57）、比例（40%）或时间（1:02:03）
next-turn = 下一个回合；没有人发言时，下一节
previous-turn = 上一个回合，或上一节
next-turn-same-speaker = 同一人的下一个回合
previous-turn-same-speaker = 同一人的上一个回合
speaker-next = 这个编号的发言人的下一个回合
speaker-previous = 这个编号的发言人的上一个回合
speakers = 发言人列表
toggle-speakers = 显示或隐藏发言人（章节）一栏
follow-speaker = 只读当前发言人；再按一次恢复
outline = 提纲：章节和提问
summary = 内容提要
bookmark = 给页首那句加书签；再按一次删除
select = 从页面上的一句开始选择段落
note = 给页首那句写批注
undo = 撤销上一次对书签的改动
redo = 重做刚才撤销的
bookmarks = 书签列表
next-bookmark = 下一个书签
copy = 复制页首那句，附出处
copy-bare = 只复制页首那句
search = 搜索
next-hit = 下一处
previous-hit = 上一处
open-link = 打开本页的批注、链接或图
open-time = 从这里的时间打开录音或视频
jump-back = 回到跳转之前
jump-forward = 再向前跳转
narrower = 行短一些
wider = 行长一些
next-theme = 下一个主题
toggle-mouse = 把鼠标交还终端，或收回来
help = 显示按键
redraw = 重画屏幕
suspend = 挂起；用 fg 回来
dismiss = 清除搜索结果和通知
quit = 退出，位置会记住
select-next-sentence = 到下一句的末尾
select-previous-sentence = 退回一句
select-next-paragraph = 到本段末尾，再到下一段
select-previous-paragraph = 退回一段
select-next-word = 前进一个词或一个汉字
select-previous-word = 退回一个词或一个汉字
select-other-end = 改为移动另一端
select-anew = 从移动端的那句重新选起
select-bookmark = 给选中的段落加书签；已有则删除
select-highlight = 用这一种颜色标记
select-note = 加书签并写批注
select-copy = 复制选中的，附出处
select-copy-bare = 只复制选中的原文
select-remove = 删除选中处的书签
select-undo = 撤销上一次对书签的改动
select-redo = 重做刚才撤销的
select-cancel = 不选了
list-next = 下一项
list-previous = 上一项
list-page-down = 向下一页
list-page-up = 向上一页
list-first = 第一项
list-last = 最后一项
list-choose = 去这一项
list-follow = 只读选中的发言人
list-rename = 给选中的发言人改称呼
list-merge = 把选中的发言人并入另一位，或分开
list-remove = 删除选中的书签
list-edit = 修改所选书签的批注
list-highlight = 给所选书签换一种颜色
list-place = 亲手放置找不到的书签
list-all = 列出全部文章的书签，或只列这一篇
list-filter = 只看含有这些词的
list-undo = 撤销上一次对书签的改动
list-redo = 重做刚才撤销的
list-close = 关闭列表
prompt-accept = 确定
prompt-cancel = 放弃
prompt-delete = 删除光标前的一个字
prompt-delete-forward = 删除光标后的字符
prompt-delete-word = 删除光标前的一个词
prompt-clear = 删除本行光标前的全部
prompt-left = 光标左移
prompt-right = 光标右移
prompt-start = 光标到行首
prompt-end = 光标到行尾
prompt-older = 取上一次输入的；在批注里上移
prompt-newer = 取下一次输入的；在批注里下移
prompt-new-line = 在批注里换行
prompt-complete = 补全光标处的标签
