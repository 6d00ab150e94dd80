//! What stands before and behind names out of respect: `Dr.`, `老师`, `さん`, `님`.

/// Whom a title before or behind a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// `Mr.`, `先生`
    Man,
    /// `Mrs.`, `女士`
    Woman,
    /// `Dr.`, `老师`
    Anyone,
}

/// A name without titles and honours, and whom these are for: `Mr. Hale` as `Hale`, `李老师` as `李`,
/// `田中さん` as `田中`.
pub fn plain(name: &str) -> (String, Option<Title>) {
    const BEFORE: &[&str] = &[
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "professor",
        "herr",
        "frau",
        "m.",
        "mme",
        "sr.",
        "sra.",
        "señor",
        "señora",
        "judge",
        "justice",
        "senator",
        "sen.",
        "rep.",
        "commander",
        "captain",
        "colonel",
        "general",
        "lieutenant",
        "sergeant",
        "admiral",
        "inspector",
        "councillor",
        "capt.",
        "col.",
        "gen.",
        "lt.",
        "sgt.",
    ];
    const BEHIND: &[&str] = &[
        "老师",
        "老師",
        "先生",
        "女士",
        "教授",
        "博士",
        "院士",
        "导演",
        "導演",
        "医生",
        "醫生",
        "律师",
        "律師",
        "记者",
        "記者",
        "さん",
        "氏",
        "様",
        "委員長",
        "参考人",
        "議員",
        "大臣",
        "議長",
        "会長",
        "部長",
        "市長",
        "町長",
        "村長",
        "知事",
        "証人",
        "くん",
        "ちゃん",
        "님",
        "씨",
        "同学",
        "师傅",
        "师父",
        "主任",
        "院长",
        "总",
        "總",
    ];
    let mut title = None;
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 {
        let word = words[0].to_lowercase();
        if !BEFORE.contains(&word.as_str()) {
            break;
        }
        title = Some(match word.trim_end_matches('.') {
            "mr" | "herr" | "m" | "sr" | "señor" | "sir" => Title::Man,
            "mrs" | "ms" | "frau" | "mme" | "sra" | "señora" => Title::Woman,
            _ => title.unwrap_or(Title::Anyone),
        });
        words.remove(0);
    }
    let mut name = words.join(" ");
    for honour in BEHIND {
        if let Some(rest) = name.strip_suffix(honour).filter(|rest| !rest.is_empty()) {
            title = Some(match *honour {
                "先生" => Title::Man,
                "女士" => Title::Woman,
                _ => Title::Anyone,
            });
            name = rest.trim().to_owned();
            break;
        }
    }
    // `鷺沢隆君`; of three characters it may be a name.
    if let Some(rest) = name.strip_suffix('君').filter(|rest| rest.chars().count() > 2) {
        return (rest.to_owned(), Some(Title::Anyone));
    }
    match name.strip_prefix(['老', '小']) {
        Some(rest) if rest.chars().count() == 1 => (rest.to_owned(), title),
        _ => (name, title),
    }
}

/// Whether a name is another one's last character as kin and neighbours say it: `坤叔` and `阿坤` for
/// `黎炳坤`.
pub fn is_kin(name: &str, long: &str) -> bool {
    const KIN: &[char] =
        &['叔', '伯', '姐', '哥', '嫂', '婶', '嬸', '姨', '婆', '爷', '爺', '奶', '公'];
    let own = name.strip_prefix('阿').or_else(|| name.strip_suffix(KIN)).unwrap_or_default();
    own.chars().count() == 1 && long.chars().count() == 3 && long.ends_with(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honours_are_no_part_of_a_name() {
        for (name, want) in [
            ("Commander Ashgrove", "Ashgrove"),
            ("Dr. Ines Varga", "Ines Varga"),
            ("真壁委員長", "真壁"),
            ("鷺沢隆君", "鷺沢隆"),
            ("王建君", "王建君"),
            ("General", "General"),
        ] {
            assert_eq!(plain(name).0, want);
        }
    }

    #[test]
    fn neighbours() {
        assert!(is_kin("坤叔", "黎炳坤"));
        assert!(is_kin("阿坤", "黎炳坤"));
        assert!(!is_kin("黎叔", "黎炳坤"));
        assert!(!is_kin("叔", "黎炳坤"));
    }
}
