package microsoft

import (
	"testing"

	"github.com/mailgrant/mailgrant/providers/oauth"
)

func FuzzTokenForMSAL(f *testing.F) {
	f.Add([]byte(tokenAnswer(appToken(nil), nil)))
	f.Add([]byte(personAnswer(imapScope, nil)))
	f.Add([]byte(`{"access_token":"x","expires_in":"NaN","scope":7,"id_token":"a.b.c"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := oauth.ReadToken(text)
		if err != nil {
			return
		}
		if again, err := oauth.ReadToken(tokenForMSAL(read, text)); err != nil || !again.Access.Equal(read.Access) {
			t.Errorf("MSAL would read another token: %v", err)
		}
	})
}
