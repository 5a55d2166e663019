package practice

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
)

// The identifiers do not change from run to run; the secrets do.
const (
	googleProjectNumber   = "481516234200"
	googleWebClientID     = googleProjectNumber + "-8k2n5v1c9q7m3x6b4t0h8w2r5y1p7d3f.apps.googleusercontent.com"
	googleDesktopClientID = googleProjectNumber + "-f4j7s0d2g5l8z1a3e6u9i4o7c2v5b8n0.apps.googleusercontent.com"
	// GoogleRedirect is the redirect address that the web client is registered with, for programs
	// that wait for the browser on this computer.
	GoogleRedirect = "http://127.0.0.1:8421/"
)

// googleSecrets are those of the two clients.
type googleSecrets struct{ web, desktop string }

func newGoogleSecrets() googleSecrets {
	return googleSecrets{web: newGoogleSecret(), desktop: newGoogleSecret()}
}

// newGoogleSecret has the form of those that Google makes.
func newGoogleSecret() string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	var random [28]byte
	_, _ = rand.Read(random[:]) // crypto/rand never fails
	for i, b := range random {
		random[i] = letters[int(b)%len(letters)]
	}
	return "GOCSPX-" + string(random[:])
}

// healthyGoogle is Google's side as it is when everything was done right: an Internal project of
// the company's own Workspace.
func (f fixture) healthyGoogle() google {
	g := google{
		project: googleProject{
			organization: f.domains[0], internal: true, gmailAPI: true,
			clients: []googleClient{
				{id: googleWebClientID, secret: f.google.web, kind: webClient, redirects: append([]string{GoogleRedirect}, f.webRedirects()...)},
				{id: googleDesktopClientID, secret: f.google.desktop, kind: desktopClient},
			},
		},
		notes: googleNotes{clientID: googleWebClientID, secret: f.google.web},
	}
	for _, person := range f.people() {
		g.accounts = append(g.accounts, googleAccount{
			address: person.Address, name: person.Name, gmail: person.Address != f.administrator().Address,
		})
	}
	return g
}

// googleSubject is the number that stands for an account in Google's tokens.
func googleSubject(address string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(address)))
	return "10" + strconv.FormatUint(1_000_000_000_000_000_000+binary.BigEndian.Uint64(sum[:8])%9_000_000_000_000_000_000, 10)
}
