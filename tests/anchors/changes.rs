//! A text of which every character remembers where it came from, and the ten changes that can
//! happen to it in years.

use std::ops::Range;

use fangtan::interview::Interview;
use fangtan::prose::{Builder, Kind, Place, Style};

/// Numbers that look random and are the same each time (SplitMix64: Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    /// Dice for one cell of the table.
    pub fn new(seed: &[usize]) -> Self {
        let mut dice = Self(0x00FA_067A);
        for &part in seed {
            dice.0 = dice.next() ^ part as u64;
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of `0..count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    /// True in `percent` of 100 throws.
    pub fn throw(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `all`.
    pub fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// A character, and where it stood at first.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    /// The character.
    pub c: char,
    /// The code point of the first text that it is or stands for; none for one that was put in.
    pub origin: Option<u32>,
    /// Whether it still says what it said.
    pub intact: bool,
}

impl Glyph {
    fn new(c: char) -> Self {
        Self { c, origin: None, intact: false }
    }

    fn with(self, c: char) -> Self {
        Self { c, ..self }
    }
}

/// Paragraphs whose characters remember.
#[derive(Clone, Debug)]
pub struct Traced(pub Vec<Vec<Glyph>>);

/// A text as the program has it, with the glyphs of its characters.
pub struct Built {
    /// The interview.
    pub interview: Interview,
    /// Its characters, line ends between the paragraphs included.
    pub glyphs: Vec<Glyph>,
    /// The byte at which each begins, and the end.
    pub starts: Vec<usize>,
}

impl Built {
    /// The characters that a range of bytes covers.
    pub fn glyphs_in(&self, range: Range<u32>) -> Range<usize> {
        let at = |byte: u32| self.starts.partition_point(|&start| start < byte as usize);
        at(range.start)..at(range.end)
    }
}

impl Traced {
    /// An article as it was at first.
    pub fn new(paragraphs: &[String]) -> Self {
        let mut origin = 0;
        let trace = |paragraph: &String| {
            let glyphs = paragraph.chars().map(|c| {
                origin += 1;
                Glyph { c, origin: Some(origin - 1), intact: true }
            });
            let glyphs = glyphs.collect();
            origin += 1; // the line end
            glyphs
        };
        Self(paragraphs.iter().map(trace).collect())
    }

    /// The article, read.
    pub fn build(&self) -> Built {
        let mut builder = Builder::new();
        let mut glyphs = Vec::new();
        for paragraph in &self.0 {
            let white = |glyph: &&Glyph| glyph.c.is_whitespace();
            let before = paragraph.iter().take_while(white).count();
            let behind = paragraph.iter().rev().take_while(white).count();
            if before == paragraph.len() {
                continue;
            }
            let kept = &paragraph[before..paragraph.len() - behind];
            builder.open(Kind::Paragraph, Place::default());
            let text: String = kept.iter().map(|glyph| glyph.c).collect();
            builder.text(&text, Style::PLAIN);
            glyphs.extend_from_slice(kept);
            glyphs.push(Glyph::new('\n'));
        }
        let interview = Interview { prose: builder.finish(), ..Interview::default() };
        let text: String = glyphs.iter().map(|glyph| glyph.c).collect();
        assert!(interview.prose.text() == text, "building changed the text: provenance is lost");
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        Built { interview, glyphs, starts }
    }

    fn each(mut self, mut change: impl FnMut(Glyph, &mut Vec<Glyph>)) -> Self {
        for paragraph in &mut self.0 {
            let mut out = Vec::with_capacity(paragraph.len() * 5 / 4);
            for &glyph in paragraph.iter() {
                change(glyph, &mut out);
            }
            *paragraph = out;
        }
        self
    }
}

/// What can happen to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Lines of 40 characters.
    Wrapped,
    /// Advertisements in 15 % of the gaps between paragraphs.
    Adverts,
    /// Punctuation of the other width.
    Width,
    /// So many per cent of the characters exchanged, left out or put in.
    Edited(usize),
    /// 20 % of the paragraphs left out.
    Deleted,
    /// The paragraphs in another order.
    Shuffled,
    /// Markup, quotes and dashes of another program.
    Exported,
    /// All of it with 3 % of edits, in the old order: no exporter shuffles.
    Together,
}

/// The rows of the table.
pub const CHANGES: [(Change, &str); 10] = [
    (Change::Wrapped, "re-wrapped at 40"),
    (Change::Adverts, "ads in 15 % of gaps"),
    (Change::Width, "half/full-width punctuation"),
    (Change::Edited(1), "1 % of characters edited"),
    (Change::Edited(5), "5 % of characters edited"),
    (Change::Edited(15), "15 % of characters edited"),
    (Change::Deleted, "20 % of paragraphs deleted"),
    (Change::Shuffled, "paragraphs shuffled"),
    (Change::Exported, "another exporter"),
    (Change::Together, "all together, 3 % edited"),
];

const ADVERTS: [&str; 6] = [
    "长按下方二维码，关注本刊，每周五晚上读一篇长谈。点击“在看”，让更多的人看到。",
    "推广：海边的修表铺开张了，凭本文截图，换表带八折。是的，今天就可以。",
    "ADVERTISEMENT: our newsletter reaches you every Friday. Yes, it is free. Subscribe below.",
    "＜広告＞　この夏は潮風せんべい。はい、送料は無料です。",
    "광고: 매주 금요일, 긴 이야기 한 편을 보내 드립니다. 네, 무료입니다.",
    "Anzeige – Реклама: Das Heft im Abo. Ja, monatlich kündbar. Да, бесплатно.",
];

/// The text after a change.
pub fn changed(text: &Traced, change: Change, dice: &mut Dice) -> Traced {
    let text = text.clone();
    match change {
        Change::Wrapped => wrapped(text),
        Change::Adverts => with_adverts(text, dice),
        Change::Width => in_other_width(text),
        Change::Edited(percent) => edited(text, percent, dice),
        Change::Deleted => thinned(text, dice),
        Change::Shuffled => shuffled(text, dice),
        Change::Exported => exported(text, dice),
        Change::Together => {
            let text = edited(thinned(text, dice), 3, dice);
            wrapped(with_adverts(exported(in_other_width(text), dice), dice))
        }
    }
}

fn wrapped(text: Traced) -> Traced {
    let mut column = 0;
    text.each(|glyph, out| {
        column = if out.is_empty() { 0 } else { column + 1 };
        if column < 40 {
            out.push(glyph);
        } else if glyph.c == ' ' {
            out.push(glyph.with('\n'));
            column = 0;
        } else if glyph.c >= '\u{2E80}' {
            out.push(Glyph::new('\n'));
            out.push(glyph);
            column = 0;
        } else {
            out.push(glyph);
        }
    })
}

fn with_adverts(text: Traced, dice: &mut Dice) -> Traced {
    let mut out = Vec::new();
    for paragraph in text.0 {
        out.push(paragraph);
        if dice.throw(15) {
            out.push(dice.one(&ADVERTS).chars().map(Glyph::new).collect());
        }
    }
    Traced(out)
}

fn in_other_width(text: Traced) -> Traced {
    const PAIRS: [(char, char); 9] = [
        ('，', ','),
        ('。', '.'),
        ('？', '?'),
        ('！', '!'),
        ('：', ':'),
        ('；', ';'),
        ('（', '('),
        ('）', ')'),
        ('％', '%'),
    ];
    text.each(|glyph, out| {
        for (full, half) in PAIRS {
            if glyph.c == full {
                out.push(glyph.with(half));
                out.push(Glyph::new(' '));
                return;
            } else if glyph.c == half {
                out.push(glyph.with(full));
                return;
            }
        }
        out.push(glyph);
    })
}

fn edited(text: Traced, percent: usize, dice: &mut Dice) -> Traced {
    let letters: Vec<char> =
        text.0.iter().flatten().map(|glyph| glyph.c).filter(|c| c.is_alphanumeric()).collect();
    text.each(|glyph, out| {
        if !dice.throw(percent) {
            out.push(glyph);
            return;
        }
        match dice.below(3) {
            0 => {}
            1 => out.push(Glyph { c: dice.one(&letters), intact: false, ..glyph }),
            _ => out.extend([Glyph::new(dice.one(&letters)), glyph]),
        }
    })
}

fn thinned(mut text: Traced, dice: &mut Dice) -> Traced {
    text.0.retain(|_| !dice.throw(20));
    text
}

fn shuffled(mut text: Traced, dice: &mut Dice) -> Traced {
    for last in (1..text.0.len()).rev() {
        text.0.swap(last, dice.below(last + 1));
    }
    text
}

fn exported(text: Traced, dice: &mut Dice) -> Traced {
    let mark = |text: &str| text.chars().map(Glyph::new).collect::<Vec<_>>();
    let mut text = text.each(|glyph, out| match glyph.c {
        '“' | '「' => out.push(glyph.with('"')),
        '”' | '」' => out.push(glyph.with('"')),
        '"' => out.push(glyph.with('”')),
        '‘' | '’' => out.push(glyph.with('\'')),
        '\'' => out.push(glyph.with('’')),
        '—' | '―' | '–' => out.extend([glyph.with('-'), Glyph::new('-')]),
        '…' => out.extend([glyph.with('.'), Glyph::new('.'), Glyph::new('.')]),
        ' ' => out.push(glyph.with('\u{A0}')),
        '・' => out.push(glyph.with('·')),
        '：' | ':' => {
            out.push(glyph);
            out.extend(mark("** "));
        }
        _ => {
            let emphasis = dice.below(60);
            if emphasis == 0 {
                out.extend(mark("_"));
            }
            out.push(glyph);
            if emphasis == 1 {
                out.extend(mark("** "));
            }
        }
    });
    for paragraph in &mut text.0 {
        let opening = ["", "**", "> ", "### ", "　　"][dice.below(5)];
        paragraph.splice(0..0, mark(opening));
    }
    text
}
