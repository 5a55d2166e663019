package probe

import (
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// maxReplyLines is how many lines one reply may have.
const maxReplyLines = 100

// smtpReply is one reply (RFC 5321 section 4.2), of one line or several.
type smtpReply struct {
	code     int
	enhanced string   // RFC 3463, e.g. "5.7.139"
	lines    []string // without codes
}

// smtpLine is one line of a reply.
type smtpLine struct {
	code     int
	more     bool
	enhanced string
	text     string
}

func parseSMTPLine(line string) (smtpLine, bool) {
	if len(line) < 3 || line[0] < '2' || line[0] > '5' || !digits(line[1:3]) {
		return smtpLine{}, false
	}
	parsed := smtpLine{code: int(line[0]-'0')*100 + int(line[1]-'0')*10 + int(line[2]-'0')}
	if len(line) == 3 {
		return parsed, true
	}
	if line[3] != ' ' && line[3] != '-' {
		return smtpLine{}, false
	}
	parsed.more = line[3] == '-'
	parsed.enhanced, parsed.text = cutEnhanced(line[0], line[4:])
	return parsed, true
}

// cutEnhanced takes an enhanced status code off the front of a text. Its class must be that of
// the reply (RFC 2034 section 4).
func cutEnhanced(class byte, text string) (string, string) {
	code, rest, _ := strings.Cut(text, " ")
	numbers := strings.Split(code, ".")
	if len(numbers) != 3 || numbers[0] != string(class) {
		return "", text
	}
	for _, number := range numbers[1:] {
		if len(number) > 3 || !digits(number) {
			return "", text
		}
	}
	return code, rest
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func (r smtpReply) text() string { return strings.Join(r.lines, " ") }

// refusal types the reply as the answer that was not wanted.
func (r smtpReply) refusal(command string, keep func(string) string) *providers.Reply {
	return &providers.Reply{
		Protocol: "smtp", Command: command, Code: r.code, Enhanced: r.enhanced, Text: keep(r.text()),
		Status: string([]byte{byte('0' + r.code/100), byte('0' + r.code/10%10), byte('0' + r.code%10)}),
	}
}
