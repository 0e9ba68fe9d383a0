//! Numbers as letters that JSON and compression leave alone.

/// The digits of base 64, in the order that `reader.js` knows.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Numbers of one digit: 0 to 63.
pub(super) const ONE: u8 = 63;

/// Adds a number below 64 as one digit.
pub(super) fn push_digit(text: &mut String, number: u8) {
    text.push(char::from(DIGITS[usize::from(number.min(ONE))]));
}

/// Adds a number, five bits a digit, the lowest first; 32 says that more follow.
pub(super) fn push_number(text: &mut String, mut number: usize) {
    while number > 31 {
        text.push(char::from(DIGITS[32 + number % 32]));
        number /= 32;
    }
    text.push(char::from(DIGITS[number]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_many_digits_as_they_need() {
        let written = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!([0, 31, 32, 1024].map(written), ["0", "V", "W1", "WW1"]);
    }

    #[test]
    fn digits_go_up_to_63() {
        let written = |number| {
            let mut text = String::new();
            push_digit(&mut text, number);
            text
        };
        assert_eq!([0, 9, 10, 35, 36, 62, 63, 64, 255].map(written), ["0", "9", "A", "Z", "a", "-", "_", "_", "_"]);
    }
}
