//! Words of person, by language: who says "you" and "I" there. A word of one language is another
//! one's preposition (`i`, `je`, `ma`), so each is only looked for in its own.

use std::sync::LazyLock;

use crate::text::phrases::Phrases;
use crate::text::script::is_han_or_kana;

/// The BCP 47 tag of a text's language, where it is known.
pub type Tongue = Option<&'static str>;

/// The words of a language, in small letters with blanks between them; those for one person only in
/// `i`: guides say "we".
struct Words {
    you: &'static str,
    i: &'static str,
    we: &'static str,
    /// How verbs end that are said to somebody, and of oneself.
    you_ends: &'static [&'static str],
    i_ends: &'static [&'static str],
    /// What is said of oneself begins so.
    i_begins: &'static [&'static str],
}

const NONE: Words = Words { you: "", i: "", we: "", you_ends: &[], i_ends: &[], i_begins: &[] };

/// The languages whose own words are looked for alone.
const BY_LANGUAGE: &[(&str, Words)] = &[
    (
        "en",
        Words {
            you: "you your yours yourself yourselves you're you've you'd you'll",
            i: "i i'm i've i'd i'll me my mine myself",
            we: "we our us ours we've we're we'd we'll",
            ..NONE
        },
    ),
    (
        "de",
        Words {
            you: "sie ihnen ihr ihre ihren ihrer ihrem ihres du dich dir dein deine deinen \
                  deiner deinem euch euer eure eurem euren",
            i: "ich mich mir mein meine meinen meinem meiner meines",
            we: "wir uns unser unsere unserem unseren unserer",
            ..NONE
        },
    ),
    (
        "fr",
        Words {
            you: "vous votre vos tu te toi ton ta tes t'es t'as avez êtes aviez étiez pouvez \
                  pensez peux-tu as-tu es-tu",
            i: "je moi mon ma mes me m'a m'ont m'est",
            we: "nous notre nos",
            you_ends: &["-vous", "-tu"],
            i_ends: &["-je"],
            i_begins: &["j'"],
        },
    ),
    (
        "es",
        Words {
            you: "usted ustedes tú tu tus te ti contigo vos vosotros vosotras vuestro vuestra \
                  os eres has tienes estás crees piensas puedes fuiste sos tenés podés habéis \
                  tenéis",
            i: "yo mi mis me mí conmigo soy estoy tengo creo fui mío mía pienso estaba tenía",
            we: "nosotros nosotras nuestro nuestra nuestros nuestras nos hemos somos",
            ..NONE
        },
    ),
    (
        "pt",
        Words {
            you: "você vocês tu te ti teu tua teus tuas contigo vosso vossa tens és estás",
            i: "eu meu minha meus minhas me mim comigo sou estou tenho acho fui penso",
            we: "nós nosso nossa nossos nossas nos somos temos",
            ..NONE
        },
    ),
    (
        "it",
        Words {
            you: "tu te ti tuo tua tuoi tue lei voi vi vostro vostra vostri vostre hai sei \
                  puoi vuoi stai pensi credi avete siete potete fai",
            i: "io mi me mio mia miei mie ho penso credo faccio vado",
            we: "noi nostro nostra nostri nostre abbiamo siamo",
            ..NONE
        },
    ),
    (
        "nl",
        Words {
            you: "jij je jou jouw jullie u uw jezelf",
            i: "ik mij me mijn mezelf",
            we: "wij we ons onze",
            ..NONE
        },
    ),
    (
        "sv",
        Words {
            you: "du dig din ditt dina ni er ert era",
            i: "jag mig min mitt mina",
            we: "vi oss vår vårt våra",
            ..NONE
        },
    ),
    (
        "da",
        Words {
            you: "du dig din dit dine jer jeres",
            i: "jeg mig min mit mine",
            we: "vi os vores",
            ..NONE
        },
    ),
    (
        "nb",
        Words {
            you: "du deg din ditt dine dere deres",
            i: "jeg meg min mitt mine",
            we: "vi oss vår vårt våre",
            ..NONE
        },
    ),
    (
        "pl",
        Words {
            you: "pan pana panu panem pani panią państwo państwa ty ciebie tobie tobą cię ci \
                  wam was wasz wasza twój twoja twoje twojej jesteś masz możesz macie \
                  jesteście",
            i: "ja mnie mi mną mój moja moje moim jestem mam myślę",
            we: "my nas nam nasz nasza nasze jesteśmy mamy",
            you_ends: &["łeś", "łaś", "liście"],
            i_ends: &["łem", "łam"],
            ..NONE
        },
    ),
    (
        "cs",
        Words {
            you: "vy vás vám váš vaše vaši ty tě tvůj tvoje jste jsi máte máš myslíte",
            i: "já mě mi mně jsem můj moje mám bych myslím",
            we: "my nás nám náš naše jsme máme",
            ..NONE
        },
    ),
    (
        "ru",
        Words {
            you: "вы вас вам вами ваш ваша ваши ваше вашей вашего вашу ты тебя тебе тобой \
                  твой твоя твои",
            i: "я меня мне мной мой моя моё мое мои моей моего мою",
            we: "мы нас нам наш наша наши",
            ..NONE
        },
    ),
    (
        "uk",
        Words {
            you: "ви вас вам ваш ваша ваші ти тебе тобі твій",
            i: "я мене мені мій моя моє мої",
            we: "ми нас нам наш наша наші",
            ..NONE
        },
    ),
    (
        "ko",
        Words {
            you: "당신 당신은 당신이 당신의",
            i: "저는 저도 제가 저의 저에게 저한테 저를 제 나는 나도 내가 나의",
            we: "저희 저희는 저희가 우리 우리는 우리가",
            ..NONE
        },
    ),
    (
        "el",
        Words {
            you: "εσείς εσάς σας εσύ εσένα σου σε",
            i: "εγώ εμένα μου με",
            we: "εμείς εμάς μας",
            ..NONE
        },
    ),
];

/// The same where the language is not known, or has other words as well: the likely ones of several.
const ANY: Words = Words {
    you: "you your yours yourself you're you've you'd sie ihnen ihr ihre ihren ihrer ihrem du \
          dich dir dein deine deinen deiner vous votre vos tu te toi ton usted ustedes você \
          vocês lei вы вас вам ваш ваша ваши ваше ты тебя тебе",
    i: "i i'm i've i'd i'll me my mine myself ich mich mir mein meine meinen meiner je j'ai \
        moi mon ma mes yo mi mis eu meu minha io mio mia я меня мне мой моя",
    we: "we our us we've we're we'd we'll wir uns unser unsere nous notre nos nosotros \
         nosotras nuestro nuestra noi nostro nostra nós nosso nossa мы нас нам наш наша 저는 저도 \
         제가 저희 저희는 저희가 나는 내가 나도 우리 우리는 우리가",
    ..NONE
};

/// The words as lists, the last one those of any language.
static LISTS: LazyLock<Vec<[Vec<&str>; 3]>> = LazyLock::new(|| {
    let all = BY_LANGUAGE.iter().map(|(_, words)| words).chain([&ANY]);
    all.map(|of| [of.you, of.i, of.we].map(|words| words.split(' ').collect())).collect()
});

/// "You" where words are not parted or polite verbs say it.
static YOU_EAST: Phrases = Phrases::new(&[
    "あなた",
    "さん",
    "先生は",
    "당신",
    "세요",
    "셨",
    "시나요",
    "십니까",
    "시는",
    "시겠",
    "신가요",
]);
/// "I" where words are not parted.
static I_EAST: Phrases = Phrases::new(&[
    "私は",
    "私が",
    "私も",
    "私の",
    "私に",
    "私を",
    "私たち",
    "わたし",
    "僕",
    "ぼくは",
    "俺",
]);

/// The words of a language: as lists for "you", "I" and "we", and what else tells.
fn of(tongue: Tongue) -> (&'static [Vec<&'static str>; 3], &'static Words) {
    let own = BY_LANGUAGE.iter().position(|(of, _)| Some(*of) == tongue);
    let words = own.map_or(&ANY, |at| &BY_LANGUAGE[at].1);
    (&LISTS[own.unwrap_or(BY_LANGUAGE.len())], words)
}

/// Whether a text says "you".
pub fn says_you(text: &str, tongue: Tongue) -> bool {
    let ([you, ..], words) = of(tongue);
    text.contains(['你', '您', '妳']) || says(text, you, words.you_ends, &[])
}

/// Whether a text speaks to somebody, also by the ways of the East to say it.
pub fn addresses(text: &str, tongue: Tongue) -> bool {
    says_you(text, tongue) || YOU_EAST.are_in(text)
}

/// Whether a text says "I".
pub fn says_i(text: &str, tongue: Tongue) -> bool {
    // 我们 is "we".
    let alone = |(at, _): (usize, &str)| {
        !text[at + '我'.len_utf8()..].starts_with(['们', '們', '国', '國'])
    };
    let ([_, i, _], words) = of(tongue);
    text.match_indices('我').any(alone)
        || text.contains(['俺', '咱'])
        || says(text, i, words.i_ends, words.i_begins)
}

/// Whether a text says "we", or "I" in the ways of the East.
pub fn says_we(text: &str, tongue: Tongue) -> bool {
    let ([.., we], _) = of(tongue);
    says(text, we, &[], &[]) || text.contains('我') || I_EAST.are_in(text)
}

fn says(text: &str, words: &[&str], ends: &[&str], begins: &[&str]) -> bool {
    let hyphen = ends.iter().any(|end| end.starts_with('-'));
    let apart = |c: char| {
        let within = c.is_alphabetic() || matches!(c, '\'' | '’') || hyphen && c == '-';
        !within && !is_han_or_kana(c)
    };
    text.split(apart).any(|word| {
        word.len() < LONGEST && is_one_of(word, words)
            || ends.iter().any(|end| word.len() > end.len() && word.ends_with(end))
            || begins.iter().any(|begin| starts(word, begin))
    })
}

/// More bytes than any of the words has.
const LONGEST: usize = 24;

/// Whether a word begins with a letter and an apostrophe, of either kind.
fn starts(word: &str, begin: &str) -> bool {
    let mut letters = word.chars();
    let mut wanted = begin.chars();
    let letter = letters.next().zip(wanted.next()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(&b));
    letter && letters.next().is_some_and(|c| matches!(c, '\'' | '’'))
}

/// Whether a word is one of some, which are in small letters and not Han.
fn is_one_of(word: &str, words: &[&str]) -> bool {
    if word.is_ascii() {
        return words.iter().any(|known| known.eq_ignore_ascii_case(word));
    }
    !word.starts_with(is_han_or_kana)
        && words.contains(&word.replace('’', "'").to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_spoken_of() {
        for (tongue, text, you, i) in [
            ("nl", "Hoe leerde je de kaart kennen?", true, false),
            ("nl", "Ik heb er lang gewoond.", false, true),
            ("fr", "Comment je m’y suis pris", false, true),
            ("fr", "J’habite là-bas.", false, true),
            ("fr", "Comment travaillez-vous ?", true, false),
            ("nb", "Hva gjør man i byen?", false, false),
            ("nb", "Hva liker du å gjøre?", true, false),
            ("it", "Che scuola hai fatto?", true, false),
            ("it", "Ma la casa è vecchia.", false, false),
            ("pl", "Kiedy zaczęłaś pisać?", true, false),
            ("pl", "Zaczęłam i skończyłam.", false, true),
            ("en", "The house is old.", false, false),
        ] {
            assert_eq!(says_you(text, Some(tongue)), you, "{text}");
            assert_eq!(says_i(text, Some(tongue)), i, "{text}");
        }
    }

    #[test]
    fn of_no_known_language() {
        assert!(says_you("What do you do?", None));
        assert!(says_i("I’m fine", None) && !says_i("It works", None));
        assert!(says_i("我想", None) && !says_i("我们想", None));
    }

    #[test]
    fn words_of_all_languages_can_be_found() {
        let all = LISTS.iter().flatten().flatten();
        assert!(all.clone().all(|word| !word.is_empty() && word.len() < LONGEST));
        assert!(all.clone().all(|word| *word == word.to_lowercase()));
    }
}
