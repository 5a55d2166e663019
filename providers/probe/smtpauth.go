package probe

import (
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

func (s *smtpTalk) signIn(sign xoauth2) (string, error) {
	refusal, err := s.hello(providers.StageDialogue)
	if err != nil {
		return "", err
	}
	if refusal != nil {
		return "", refusal
	}
	offered := strings.Fields(s.features["AUTH"])
	if !slices.Contains(offered, mechanism) {
		missing := &providers.MechanismMissing{Protocol: "smtp", Wanted: mechanism}
		for _, offer := range offered {
			missing.Offered = append(missing.Offered, s.keep(offer))
		}
		return "", s.wire.trouble(providers.StageDialogue, missing)
	}
	reply, err := s.present(sign)
	if err != nil {
		return "", err
	}
	var challenge *providers.Challenge
	if reply.code == 334 {
		challenge = decodeChallenge(reply.text(), s.keep)
		if reply, err = s.ask(providers.StageDialogue, "AUTH", ""); err != nil {
			return "", err
		}
	}
	switch reply.code {
	case 235:
		return mechanism + " accepted for " + string(sign.mailbox) + ": " + s.keep(reply.text()), nil
	case 334:
		return "", s.wire.trouble(providers.StageDialogue, errChallenges)
	}
	said := reply.refusal("AUTH", s.keep)
	said.Challenge = challenge
	return "", said
}

// present sends the token: with the command where the line stays short, else after the server's
// 334. Servers cut long lines silently, and then refuse half a token as if it were a bad one.
func (s *smtpTalk) present(sign xoauth2) (smtpReply, error) {
	response := sign.encoded()
	if line := "AUTH " + mechanism + " " + response; len(line)+len("\r\n") <= maxCommand {
		return s.ask(providers.StageDialogue, "AUTH", line)
	}
	reply, err := s.ask(providers.StageDialogue, "AUTH", "AUTH "+mechanism)
	if err != nil || reply.code != 334 {
		return reply, err
	}
	return s.ask(providers.StageDialogue, "AUTH", response)
}
