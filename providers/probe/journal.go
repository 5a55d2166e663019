package probe

import (
	"strings"
	"time"
)

// journal passes a conversation on, line by line, cleaned and without the token.
type journal struct {
	veil veil
	now  func() time.Time
	tell func(Line)
}

func (j *journal) note(sent bool, text string) {
	if j.tell == nil {
		return
	}
	j.tell(Line{At: j.now(), Sent: sent, Text: j.veil.keep(text)})
}

func (j *journal) sent(line string) { j.note(true, line) }

// received notes a server's line. A challenge is shown decoded: in base64 nobody can read it,
// and the veil could not see what it repeats.
func (j *journal) received(line string) {
	for _, prefix := range []string{"+ ", "334 "} {
		encoded, found := strings.CutPrefix(line, prefix)
		if raw, err := decodeBase64(encoded); found && err == nil && len(raw) > 0 {
			line = prefix + "[base64] " + string(raw)
		}
	}
	j.note(false, line)
}
