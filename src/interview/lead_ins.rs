//! What guides and lists put before a colon, time and again: `**Problem:**`, `**用法：**`. Nobody speaks
//! so, and it tells nothing of the article.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The words, in lower case.
const WORDS: &[&str] = &[
    "first",
    "second",
    "third",
    "finally",
    "however",
    "therefore",
    "problem",
    "problems",
    "issue",
    "issues",
    "fix",
    "goal",
    "goals",
    "usage",
    "input",
    "output",
    "description",
    "purpose",
    "requirements",
    "prerequisites",
    "hint",
    "hints",
    "todo",
    "features",
    "overview",
    "background",
    "motivation",
    "context",
    "benefits",
    "drawbacks",
    "advantages",
    "disadvantages",
    "strengths",
    "weaknesses",
    "best for",
    "price",
    "pricing",
    "ingredients",
    "instructions",
    "objective",
    "objectives",
    "deadline",
    "action items",
    "next steps",
    "takeaway",
    "takeaways",
    "key takeaways",
    "key points",
    "quote",
    "definition",
    "syntax",
    "parameters",
    "param",
    "params",
    "returns",
    "return value",
    "default",
    "type",
    "答案",
    "正确答案",
    "正確答案",
    "参考答案",
    "解析",
    "答案解析",
    "correct answer",
    "影响",
    "影響",
    "文章链接",
    "文章連結",
    "参考文献",
    "參考文獻",
    "截止",
    "主题",
    "主題",
    "议题",
    "議題",
    "看点",
    "亮点",
    "亮點",
    "描述",
    "说明",
    "說明",
    "目的",
    "目标",
    "目標",
    "背景",
    "方法",
    "步骤",
    "步驟",
    "原因",
    "现象",
    "現象",
    "解决方案",
    "解決方案",
    "解决办法",
    "解决方法",
    "解決方法",
    "优点",
    "優點",
    "缺点",
    "缺點",
    "特点",
    "特點",
    "优势",
    "優勢",
    "劣势",
    "劣勢",
    "示例",
    "范例",
    "範例",
    "输入",
    "輸入",
    "输出",
    "輸出",
    "价格",
    "價格",
    "功能",
    "参数",
    "參數",
    "返回值",
    "默认值",
    "适用人群",
    "注意事项",
    "注意事項",
    "要点",
    "要點",
    "核心观点",
    "开发语言",
    "参考资料",
    "參考資料",
    "回放",
    "目的・背景",
    "説明",
    "目標",
    "例文",
    "解説",
    "설명",
    "목적",
    "배경",
    "방법",
    "예시",
    "장점",
    "단점",
    "ziel",
    "vorteile",
    "nachteile",
    "beispiel",
    "objectif",
    "avantages",
    "inconvénients",
    "exemple",
    "objetivo",
    "ventajas",
    "desventajas",
    "ejemplo",
    "exemplo",
    "vantagens",
    "esempio",
    "vantaggi",
    "svantaggi",
];

/// Whether a text before a colon leads in what a guide or a list says.
pub fn is_lead_in(name: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.iter().copied().collect());
    KNOWN.contains(name.trim().to_lowercase().as_str())
}

/// What shows or hides something on a page begins with, in lower case.
const TOGGLES: &[&str] =
    &["view/hide", "show/hide", "hide/show", "expand/collapse", "展开/收起", "显示/隐藏"];

/// Whether a line shows or hides what stands below it: `View/Hide the original`.
pub fn is_toggle(line: &str) -> bool {
    let lower = line.trim().to_lowercase().replace(" / ", "/");
    TOGGLES.iter().any(|toggle| lower.starts_with(toggle))
}

#[cfg(test)]
mod tests {
    use crate::format::markdown;
    use crate::interview::read;

    #[test]
    fn problems_and_their_fixes_are_no_talk() {
        let item = |n: usize| {
            format!("**Problem:** Does lamp {n} go out?\n\n**Fix:** Trim it, and I mean it.\n\n")
        };
        let guide: String = (0..8).map(item).collect();
        assert!(read(markdown::read(&guide)).turns.is_empty());
        let talk = guide.replace("Problem", "Maren").replace("Fix", "Tobias");
        assert_eq!(read(markdown::read(&talk)).turns.len(), 16);
    }
}
