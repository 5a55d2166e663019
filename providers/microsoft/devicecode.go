package microsoft

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// What RFC 8628 section 3.2 and Microsoft's device code page give where the answer is silent,
// and what is taken as the most that a service can mean.
const (
	usualInterval = 5 * time.Second
	mostInterval  = time.Minute
	usualLife     = 15 * time.Minute
	mostLife      = 24 * time.Hour
)

// deviceCode is a success of the device authorization endpoint. The code itself stays in the
// answer, which only MSAL reads.
type deviceCode struct {
	userCode string
	page     string
	interval time.Duration
	life     time.Duration
}

// readDeviceCode reads a success. Its errors show nothing of the answer.
func readDeviceCode(text []byte) (deviceCode, error) {
	body := oauth.Members(text)
	code := deviceCode{
		userCode: providers.Clean(body.Text("user_code")),
		page:     providers.Clean(cmp.Or(body.Text("verification_uri"), body.Text("verification_url"))),
		interval: seconds(body.Text("interval"), usualInterval, mostInterval),
		life:     seconds(body.Text("expires_in"), usualLife, mostLife),
	}
	if code.userCode == "" || body.Text("device_code") == "" {
		return deviceCode{}, errors.New("its answer holds no device code")
	}
	page, err := url.Parse(code.page)
	if err != nil || page.Scheme != "https" && page.Scheme != "http" || page.Host == "" {
		return deviceCode{}, errors.New("its answer names no page to enter the device code at")
	}
	return code, nil
}

// forMSAL is the answer with the members that MSAL reads, in the types that it reads.
func (c deviceCode) forMSAL(text []byte) []byte {
	rewritten, _ := json.Marshal(map[string]any{ // texts and numbers always have a JSON form
		"device_code":      oauth.Members(text).Text("device_code"),
		"user_code":        c.userCode,
		"verification_uri": c.page,
		"expires_in":       int(c.life.Seconds()),
		"interval":         int(c.interval.Seconds()),
	})
	return rewritten
}

// seconds reads a number of seconds; usual stands in for what is missing or makes no sense.
func seconds(text string, usual, most time.Duration) time.Duration {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !(number >= 1) { // not a number is not at least one either
		return usual
	}
	return time.Duration(min(number, most.Seconds())) * time.Second
}
