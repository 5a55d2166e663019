package loopback

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/mailgrant/mailgrant/providers"
)

// Paste takes the address that a browser on another computer ended up at, in place of the
// browser's own request: the whole of it or what stands after the question mark, however a
// terminal broke it into lines. A refusal in it ends the sign-in as one through the browser does.
// The error says what is wrong with the text and shows nothing of it; then waiting goes on.
func (l *Listener) Paste(address string) error {
	answer, err := readPasted(address)
	if err != nil {
		return err
	}
	err = l.take(answer)
	var refused *providers.AuthorityError
	switch {
	case err == nil, errors.As(err, &refused):
		return nil
	case errors.Is(err, errTwice):
		return err
	case answer.Has("code_challenge"):
		return fmt.Errorf("the pasted address is the one to open: sign in there, then paste the one that begins with %s", l.Redirect())
	case answer.Has("code") && !answer.Has("state"):
		return errors.New("the pasted address is cut: its state is missing; copy the whole of the browser's address line")
	}
	return fmt.Errorf("the pasted address cannot be used: %w; copy the browser's address line after signing in at the address shown now", err)
}

// readPasted reads the query of an address, or of its fragment.
func readPasted(text string) (url.Values, error) {
	if len(text) > maxAnswer {
		return nil, fmt.Errorf("the pasted text is longer than %d bytes, which no address is", maxAnswer)
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
	text = strings.Trim(text, `"'<>`+"`")
	if text == "" {
		return nil, errors.New("nothing was pasted: copy the browser's address line")
	}
	if at := strings.IndexAny(text, "?#"); at >= 0 {
		text = text[at+1:]
	} else if strings.Contains(text, "://") || !strings.Contains(text, "=") {
		return nil, errors.New("the pasted text holds no code: copy the whole of the browser's address line, which has code= in it")
	}
	text, _, _ = strings.Cut(text, "#") // Entra ends an address with #_=_ or the like at times
	answer, err := url.ParseQuery(text)
	if err != nil { // its own words would show a piece of the text
		return nil, errors.New("the pasted address is damaged: copy the whole of the browser's address line once more")
	}
	return answer, nil
}
