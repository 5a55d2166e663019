package microsoft

import (
	"encoding/json"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// tokenForMSAL is a success of the token endpoint without what MSAL stumbles over. It treats fewer
// scopes than were asked for as an error although a token was given; without "scope" all count as
// granted, and the Grant still says what was really granted. It refuses an answer without
// "expires_in", which RFC 6749 only recommends, and one whose id_token it cannot read.
func tokenForMSAL(read oauth.Token, text []byte) []byte {
	body := oauth.Members(text)
	delete(body, "scope")
	if read.Life == 0 {
		delete(body, "expires_on")
		body["expires_in"] = json.RawMessage("0")
	}
	if _, err := providers.ReadClaims(read.ID.Reveal()); err != nil {
		delete(body, "id_token")
	}
	rewritten, err := json.Marshal(body)
	if err != nil { // cannot be: every member was read from JSON
		return text
	}
	return rewritten
}
