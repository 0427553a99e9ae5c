//! Dates, where the server tells an instant as one.

/// The Unix time of an RFC 3339 date, in whole seconds; none before 1970.
pub(super) fn unix_seconds(date: &str) -> Option<u64> {
    let (day, rest) = date.split_at_checked(10)?;
    let (clock, zone) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    if !valid || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days(year, month, day);
    let local = days * 86_400 + hour * 3_600 + minute * 60 + second;
    u64::try_from(local - offset(zone)?).ok()
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut parts = text.split(separator).map(digits);
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

fn digits(text: &str) -> Option<i64> {
    let all = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| all)
}

/// How far local time is ahead, in seconds; a fraction of a second comes before it.
fn offset(zone: &str) -> Option<i64> {
    let fraction = |c: char| c == '.' || c.is_ascii_digit();
    let zone = zone.trim_start_matches(fraction);
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, clock) = match zone.split_at_checked(1)? {
        ("+", clock) => (1, clock),
        ("-", clock) => (-1, clock),
        _ => return None,
    };
    let (hours, minutes) = clock.split_once(':')?;
    Some(sign * (digits(hours)? * 3_600 + digits(minutes)? * 60))
}

/// Days since 1970, by the Gregorian calendar: years are counted from March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::unix_seconds;

    #[test]
    fn dates_are_seconds() {
        for (date, seconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-07-15T12:30:45Z", Some(1_784_118_645)),
            ("2026-07-15T14:30:45.250+02:00", Some(1_784_118_645)),
            ("2024-02-29T23:59:59", Some(1_709_251_199)),
            ("1969-12-31T23:59:59Z", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-07-15", None),
            ("2026-07-15T12:30:45+x", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(unix_seconds(date), seconds, "{date}");
        }
    }
}
