package microsoft

import (
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

func FuzzDeviceCode(f *testing.F) {
	f.Add([]byte(deviceAnswer(nil)))
	f.Add([]byte(`{"device_code":1,"user_code":2,"verification_uri":"https://x","interval":"NaN","expires_in":-5}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		code, err := readDeviceCode(text)
		if err != nil {
			return
		}
		if providers.Clean(code.userCode+code.page) != code.userCode+code.page || code.interval < time.Second || code.interval > mostInterval || code.life < time.Second || code.life > mostLife {
			t.Errorf("it gives %+v", code)
		}
		if again, err := readDeviceCode(code.forMSAL(text)); err != nil || again != code {
			t.Errorf("MSAL would read %+v, %v", again, err)
		}
	})
}
