package probe

import (
	"fmt"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// imapCommand is one command on its way.
type imapCommand struct {
	name      string
	arguments string // with a blank before them
	// answer finds what to say to a continuation request; nil where none can come.
	answer func(challenge string) (string, error)
}

// imapAnswer is the status that ended a command, and what came before it.
type imapAnswer struct {
	imapStatus
	untagged []string
}

// ask sends a command and reads until its status. Anything but OK is an error: a refusal is a
// *providers.Reply, also where the server says goodbye instead of answering.
func (i *imapTalk) ask(stage providers.Stage, command imapCommand) (imapAnswer, error) {
	i.asked++
	tag := fmt.Sprintf("M%d", i.asked)
	if err := i.wire.send(tag + " " + command.name + command.arguments); err != nil {
		return imapAnswer{}, i.wire.trouble(stage, err)
	}
	var answer imapAnswer
	for {
		line, err := i.wire.read()
		if err != nil {
			return answer, i.wire.trouble(stage, err)
		}
		status, ok := parseStatus(line)
		challenge, continues := strings.CutPrefix(line, "+")
		switch {
		case ok && status.tag == tag && status.kind == "OK":
			answer.imapStatus = status
			return answer, nil
		case ok && (status.tag == tag || status.tag == "*" && status.kind == "BYE"):
			return answer, i.refusal(stage, command.name, status)
		case strings.HasPrefix(line, "* "):
			answer.untagged = append(answer.untagged, line)
		case continues && command.answer != nil:
			if err := i.proceed(command, challenge); err != nil {
				return answer, i.wire.trouble(stage, err)
			}
		default:
			return answer, i.wire.rubbish(stage, "the answer to "+command.name+" is not IMAP", line)
		}
	}
}

func (i *imapTalk) proceed(command imapCommand, challenge string) error {
	response, err := command.answer(challenge)
	if err != nil {
		return err
	}
	return i.wire.send(response)
}

// refusal is bare where the command tells the stage.
func (i *imapTalk) refusal(stage providers.Stage, command string, status imapStatus) error {
	reply := i.reply(command, status)
	if stage == providers.StageDialogue {
		return reply
	}
	return i.wire.refused(stage, reply)
}

// imapExchange is the client's side of XOAUTH2 after the command.
type imapExchange struct {
	response  string // still to be sent
	keep      func(string) string
	challenge *providers.Challenge
}

// answer sends the response where it did not go with the command. The only challenge after it
// says why the token will be refused; the refusal itself comes after an empty line.
func (x *imapExchange) answer(challenge string) (string, error) {
	if x.response != "" {
		response := x.response
		x.response = ""
		return response, nil
	}
	if x.challenge != nil {
		return "", errChallenges
	}
	x.challenge = decodeChallenge(challenge, x.keep)
	return "", nil
}
