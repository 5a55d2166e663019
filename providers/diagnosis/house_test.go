package diagnosis

import "testing"

func TestHouseIsKnownByItsNamesOnly(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want house
	}{
		{"smtp.gmail.com said no", googleHouse},
		{"outlook.office365.com said no", microsoftHouse},
		{"AADSTS50126 and nothing else", microsoftHouse},
		{"mail.contoso.example said no", eitherHouse},
		{"imap.provider.net said no", anotherHouse},
		{"smtp2.provider.co.uk:465 said no", anotherHouse},
		{"javax.mail.smtp.SMTPTransport.send said no", eitherHouse},
		{"imap.provider.net said no, asked through outlook.office365.com", microsoftHouse},
		{"outlook.office365.com does not take mail for someone@gmail.com", eitherHouse},
	} {
		if got := readText(test.text).about.house; got != test.want {
			t.Errorf("%q: %d, want %d", test.text, got, test.want)
		}
	}
}

func TestCausesTakeTheirHousesName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		house house
		found []Cause
		want  []Cause
	}{
		{"no house changes nothing", eitherHouse, []Cause{ScopeMissing, GoogleScopeWrong}, []Cause{ScopeMissing, GoogleScopeWrong}},
		{"Google's name for a scope", googleHouse, []Cause{ScopeMissing}, []Cause{GoogleScopeWrong}},
		{"Microsoft's name for a scope", microsoftHouse, []Cause{GoogleScopeWrong}, []Cause{ScopeMissing}},
		{"two of Microsoft's are one of Google's", googleHouse, []Cause{TokenRevokedPasswordChange}, []Cause{GoogleTokenRevoked}},
		{"one's own name stays", microsoftHouse, []Cause{TokenRevokedPasswordChange}, []Cause{TokenRevokedPasswordChange}},
		{"Google has no record of Exchange's", googleHouse, []Cause{ServicePrincipalMissing, WrongUserSignedIn}, []Cause{WrongUserSignedIn}},
		{"Microsoft has no test users", microsoftHouse, []Cause{GoogleNotTestUser}, nil},
		{"a name without a house in it elsewhere", anotherHouse, []Cause{GoogleScopeWrong, AccessTokenExpired}, []Cause{ScopeMissing, AccessTokenExpired}},
		{"a password is a password elsewhere", anotherHouse, []Cause{GoogleAppPasswordNeeded}, []Cause{WrongCredentials}},
		{"nobody else has test users", anotherHouse, []Cause{GoogleNotTestUser}, nil},
		{"nobody else has Exchange's switches", anotherHouse, []Cause{SMTPAuthDisabledMailbox, BasicAuthBlocked}, []Cause{WrongCredentials}},
		{"the network is everybody's", googleHouse, []Cause{NetworkBlocked}, []Cause{NetworkBlocked}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := test.house.settle(likely(test.found...))
			if len(got) != len(test.want) {
				t.Fatalf("got %v, want %v", got, test.want)
			}
			for i, want := range test.want {
				if got[i].cause != want {
					t.Errorf("got %s, want %s", got[i].cause, want)
				}
			}
		})
	}
}

func TestTwinsAreInTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, twin := range twins {
		for _, cause := range []Cause{twin.microsoft, twin.google} {
			if cause != "" && lookup(cause) == nil {
				t.Errorf("%s is not in the catalogue", cause)
			}
		}
	}
}
