package consent

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxEmail is the longest address that mail servers take (RFC 5321 4.5.3.1.3).
const maxEmail = 254

// NormalEmail gives an address as Accounts are found by it, or Invalid. Only what
// nobody could reach is refused: there are Accounts from before NewEmail.
func NormalEmail(text string) (string, error) {
	email := strings.ToLower(strings.TrimSpace(text))
	local, host, found := strings.Cut(email, "@")
	if !found || local == "" || !strings.Contains(host, ".") || len(email) > maxEmail || strings.ContainsFunc(email, func(r rune) bool {
		return r <= ' ' || unicode.IsSpace(r) || isHidden(r) || unicode.Is(unicode.Cf, r) || r == '@' && strings.Count(email, "@") > 1 || r == 0x7f || r == '<' || r == '>' || r == ','
	}) {
		return "", errNoEmail(text)
	}
	if mixesScripts(email) {
		return "", Errorf(Invalid, "mixed_letters", "%q has letters of several alphabets, which look alike (%+q). Write the address with the letters of one.", text, email)
	}
	return email, nil
}

// mixesScripts says whether a text has letters of the Latin alphabet and of another one:
// a Cyrillic letter among them is taken for the Latin one that it looks like.
func mixesScripts(text string) bool {
	latin, other := false, false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin = true
		case unicode.IsLetter(r):
			other = true
		}
	}
	return latin && other
}

// NewEmail gives an address as it is kept of an Account, an invitation or a recipient from
// now on, or Invalid: one that nobody takes for another. Before the sign it is an atom with
// dots (RFC 5322), after it a host of ASCII letters and of those that Norwegian hosts have.
func NewEmail(text string) (string, error) {
	email, err := NormalEmail(text)
	if err != nil {
		return "", err
	}
	local, host, _ := strings.Cut(email, "@")
	if at := strings.IndexFunc(email, func(c rune) bool { return c > unicode.MaxASCII && !strings.ContainsRune(hostLetters, c) }); at >= 0 || !isASCII(local) {
		return "", Errorf(Invalid, "email_letters", "%q has characters that are taken for others (%+q). Before the @ stand letters from a to z, digits and signs such as . - _ +, and after it æ, ø, å and Sami letters, too.", text, email)
	}
	if strings.Trim(local, ".") != local || strings.Contains(local, "..") || strings.ContainsFunc(local, func(c rune) bool { return !isAtomic(c) }) {
		return "", errNoEmail(text)
	}
	if wire, ok := canonicalHost(host); !ok || isDigit(rune(wire[strings.LastIndexByte(wire, '.')+1])) || len(local)+1+len(wire) > maxEmail {
		return "", errNoEmail(text)
	}
	return email, nil
}

func errNoEmail(text string) error {
	return Errorf(Invalid, "bad_email", "%q is not an e-mail address. Write one such as kari@example.no.", text)
}

// hostLetters are those that hosts below .no have besides ASCII, in the one form in which
// a letter and its mark are one character (Norid).
const hostLetters = "áàäčçđéèêŋńñóòôöšŧüžæøå"

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return c > unicode.MaxASCII })
}

// isAtomic holds for what an atom has, and for the dot between atoms.
func isAtomic(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.ContainsRune(".!#$%&'*+-/=?^_`{|}~", c)
}

// emailAlike are what is taken for another in an address, whose letters are small ones.
var emailAlike = strings.NewReplacer("1", "l", "0", "o", "rn", "m", "vv", "w", "ø", "o", "æ", "ae", "đ", "d", "ŋ", "n", "ŧ", "t", "ł", "l", "\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2212", "-")

// EmailLooks gives what an address is for a quick eye: the same for addresses that are
// taken for one another, and for the two ways in which a host can be written.
func EmailLooks(email string) string {
	if local, host, found := strings.Cut(email, "@"); found {
		if readable, err := domains.ToUnicode(host); err == nil {
			email = local + "@" + readable
		}
	}
	plain := strings.Map(func(c rune) rune {
		if unicode.IsMark(c) {
			return -1
		}
		return c
	}, strings.ToLower(looksAs(email, norm.NFKD)))
	return emailAlike.Replace(plain)
}

// MailAddress gives an address as mail servers take it, all of which know ASCII.
func MailAddress(email string) string {
	local, host, _ := strings.Cut(email, "@")
	if wire, ok := canonicalHost(host); ok {
		return local + "@" + wire
	}
	return email
}
