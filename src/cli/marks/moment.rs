//! A moment as JSON has it: `2024-12-21T08:20:00.123Z`, an `xsd:dateTime` in UTC.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A moment, in ms since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Moment(pub i64);

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        Timestamp::from_millisecond(moment.0).unwrap_or_default().to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let moment: Result<Timestamp, _> = text.trim().parse();
        let moment =
            moment.map_err(|_| format!("“{text}” is no time like 2024-12-21T08:20:00Z"))?;
        Ok(Self(moment.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_734_769_200_120, "2024-12-21T08:20:00.12Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(String::from(Moment(ms)), text);
            assert_eq!(Moment::try_from(text.to_owned()), Ok(Moment(ms)));
        }
        let other = "2024-12-21T16:20:00.120999+08:00".to_owned();
        assert_eq!(Moment::try_from(other), Ok(Moment(1_734_769_200_120)));
        assert!(Moment::try_from("yesterday".to_owned()).is_err());
    }
}
