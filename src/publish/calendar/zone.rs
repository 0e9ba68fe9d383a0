//! The clocks of Kraków, for programs that do not know the name of the time zone.

/// Name of the zone in the tz database.
pub(super) const ZONE: &str = "Europe/Warsaw";

/// `VTIMEZONE` (RFC 5545, 3.6.5): summer time from the last Sunday of March to the last of October, changed at 01:00 UTC.
///
/// So the whole Union has it since 1996 (directive 94/21/EC, now 2000/84/EC); no event is older.
pub(super) const VTIMEZONE: &str = "BEGIN:VTIMEZONE\r\n\
    TZID:Europe/Warsaw\r\n\
    X-LIC-LOCATION:Europe/Warsaw\r\n\
    BEGIN:DAYLIGHT\r\n\
    DTSTART:19960331T020000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    TZNAME:CEST\r\n\
    TZOFFSETFROM:+0100\r\n\
    TZOFFSETTO:+0200\r\n\
    END:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\n\
    DTSTART:19961027T030000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    TZNAME:CET\r\n\
    TZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\n\
    END:STANDARD\r\n\
    END:VTIMEZONE\r\n";
