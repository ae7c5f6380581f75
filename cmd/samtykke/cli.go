package main

import (
	"context"
	"errors"

	"github.com/alecthomas/kong"
)

// cli is everything that can be asked of the program, in the order in which
// help shows it. Each verb has a file of its own.
type cli struct {
	Demo  demoCmd  `cmd:"" help:"Run everything on this machine, with a municipality to click through."`
	Init  initCmd  `cmd:"" help:"Make the first account, and a link to begin with."`
	Serve serveCmd `cmd:"" help:"Serve banners, decisions and declarations."`

	Site struct {
		Add      siteAddCmd      `cmd:"" help:"Make a site, with what every public body would write the same."`
		Settings siteSettingsCmd `cmd:"" help:"Show the settings of a draft, and change them."`
		Import   siteImportCmd   `cmd:"" help:"Read site files into drafts."`
		Export   siteExportCmd   `cmd:"" help:"Write a draft as a site file."`
		List     siteListCmd     `cmd:"" help:"List the sites."`
		Record   siteRecordCmd   `cmd:"" help:"Write the record of processing activities (GDPR art. 30)."`
	} `cmd:"" help:"Sites and their drafts."`
	Origin struct {
		List   originListCmd   `cmd:"" help:"List a site's addresses, and how control of them is shown."`
		Check  originCheckCmd  `cmd:"" help:"Look for what shows control of an address."`
		Add    originAddCmd    `cmd:"" help:"Add an address to the draft."`
		Remove originRemoveCmd `cmd:"" help:"Remove an address from the draft."`
	} `cmd:"" help:"Addresses of a site, and who controls them."`
	Inventory struct {
		Check   inventoryCheckCmd   `cmd:"" help:"Find every fault of a site file, with line numbers."`
		Import  inventoryImportCmd  `cmd:"" help:"Say what a file would change in the draft, and read it in."`
		Export  inventoryExportCmd  `cmd:"" help:"Write the inventory of the draft as a file."`
		Suggest inventorySuggestCmd `cmd:"" help:"Show what the catalogue says of cookies."`
	} `cmd:"" help:"Services and cookies of a draft."`
	Category struct {
		List   categoryListCmd   `cmd:"" help:"List the categories."`
		Show   categoryShowCmd   `cmd:"" help:"Write a category as JSON."`
		Set    categorySetCmd    `cmd:"" help:"Change a category, or add it."`
		Remove categoryRemoveCmd `cmd:"" help:"Remove a category that nothing is in."`
	} `cmd:"" help:"Categories of a draft, one by one."`
	Service struct {
		List    serviceListCmd    `cmd:"" help:"List the services."`
		Show    serviceShowCmd    `cmd:"" help:"Write a service with its cookies as JSON."`
		Set     serviceSetCmd     `cmd:"" help:"Change a service, or add it."`
		Remove  serviceRemoveCmd  `cmd:"" help:"Remove a service with its cookies."`
		Shared  serviceSharedCmd  `cmd:"" help:"List the services of the organisation's other sites."`
		Copy    serviceCopyCmd    `cmd:"" help:"Copy services of other sites into the draft."`
		Compare serviceCompareCmd `cmd:"" help:"Show what other sites say of a service otherwise."`
		Take    serviceTakeCmd    `cmd:"" help:"Take over what another site says of a service."`
		Send    serviceSendCmd    `cmd:"" help:"Put what a service says into the drafts of other sites."`
	} `cmd:"" help:"Services of a draft, one by one."`
	Cookie struct {
		List   cookieListCmd   `cmd:"" help:"List the cookies of one service or of all."`
		Show   cookieShowCmd   `cmd:"" help:"Write a cookie as JSON."`
		Set    cookieSetCmd    `cmd:"" help:"Change a cookie, or add it."`
		Remove cookieRemoveCmd `cmd:"" help:"Remove a cookie."`
	} `cmd:"" help:"Cookies of a draft, one by one."`
	Exemption struct {
		List   exemptionListCmd   `cmd:"" help:"List the cookies that nobody is asked about, and why."`
		Set    exemptionSetCmd    `cmd:"" help:"Write and sign why nobody is asked about a cookie."`
		Remove exemptionRemoveCmd `cmd:"" help:"Take reason and signature of a cookie away."`
	} `cmd:"" help:"Why nobody is asked about a cookie, and who has signed that."`
	Catalogue struct {
		Import catalogueImportCmd `cmd:"" help:"Read in what others have written about cookies."`
		List   catalogueListCmd   `cmd:"" help:"Show what the catalogue of an organisation says."`
		Remove catalogueRemoveCmd `cmd:"" help:"Remove the catalogue of an organisation."`
	} `cmd:"" help:"What others have written about cookies, to suggest."`
	Notice struct {
		Publish    noticePublishCmd    `cmd:"" help:"Freeze the draft as the next notice."`
		List       noticeListCmd       `cmd:"" help:"List a site's notices."`
		Show       noticeShowCmd       `cmd:"" help:"Show what a notice says and asks."`
		Diff       noticeDiffCmd       `cmd:"" help:"Say what publishing the draft would change."`
		Schedule   noticeScheduleCmd   `cmd:"" help:"Have the draft published at a time."`
		Unschedule noticeUnscheduleCmd `cmd:"" help:"Have it published at no time."`
		Plan       noticePlanCmd       `cmd:"" help:"Show what is planned for the draft, and who may agree."`
		Propose    noticeProposeCmd    `cmd:"" help:"Propose the draft to a second person."`
		Approve    noticeApproveCmd    `cmd:"" help:"Agree to a proposal in the name of somebody, and publish."`
		Return     noticeReturnCmd     `cmd:"" help:"Send a proposal back, or take it back."`
		Rollback   noticeRollbackCmd   `cmd:"" help:"Make what a notice says the draft again."`
		Pictures   noticePicturesCmd   `cmd:"" help:"List and write the pictures of a notice's banner."`
	} `cmd:"" help:"Publications: numbered, hashed, never changed."`
	Text struct {
		List  textListCmd  `cmd:"" help:"List the languages, or the texts of a draft."`
		Set   textSetCmd   `cmd:"" help:"Write a text of a draft in a language."`
		Show  textShowCmd  `cmd:"" help:"Write the texts of a language, to be corrected."`
		Check textCheckCmd `cmd:"" help:"Find every fault of corrected texts."`
	} `cmd:"" help:"What banner and panel say, language by language."`
	Bundle bundleCmd `cmd:"" help:"Write a site's script, with its sizes and its tag."`
	Review struct {
		List reviewListCmd `cmd:"" help:"List the services that are to be looked at again."`
		Done reviewDoneCmd `cmd:"" help:"Note that a service was looked at."`
		Date reviewDateCmd `cmd:"" help:"Set the day by which a service is to be looked at."`
	} `cmd:"" help:"When the services of a draft are looked at again."`
	Log struct {
		List      logListCmd      `cmd:"" help:"Show decisions, and follow new ones."`
		Refusals  logRefusalsCmd  `cmd:"" help:"Show how many refused, where refusals are only counted."`
		Export    logExportCmd    `cmd:"" help:"Write decisions to a file, in the form that you need."`
		Schema    logSchemaCmd    `cmd:"" help:"Write the JSON Schema of a consent record."`
		Verify    logVerifyCmd    `cmd:"" help:"Audit the ledger, or check one receipt."`
		Prove     logProveCmd     `cmd:"" help:"Write the receipt of a decision, which anyone can check."`
		Pack      logPackCmd      `cmd:"" help:"Write everything that an auditor needs into one file."`
		Erase     logEraseCmd     `cmd:"" help:"Erase one decision, or all of a visitor's."`
		Freeze    logFreezeCmd    `cmd:"" help:"Keep decisions without using them (GDPR art. 18)."`
		Release   logReleaseCmd   `cmd:"" help:"Use frozen decisions again."`
		Expire    logExpireCmd    `cmd:"" help:"Remove decisions whose time is up."`
		Reconcile logReconcileCmd `cmd:"" help:"Compare what was shown, decided, stored and acknowledged."`
		Begin     logBeginCmd     `cmd:"" help:"Go on after the database was put back from a copy."`
		Witness   logWitnessCmd   `cmd:"" help:"Show the keys for witnesses, and how far witnesses are."`
		Rotate    logRotateCmd    `cmd:"" help:"Have a new key sign the ledger."`
		Verifier  logVerifierCmd  `cmd:"" help:"Write the page that verifies receipts."`
	} `cmd:"" help:"Visitors' decisions: appended, never edited."`
	Request struct {
		Add    requestAddCmd    `cmd:"" help:"Enter a request, and compute when it is due."`
		List   requestListCmd   `cmd:"" help:"List requests, with the days that are left."`
		Show   requestShowCmd   `cmd:"" help:"Show a request, its history and what to do."`
		Extend requestExtendCmd `cmd:"" help:"Take two further months, once and with a reason."`
		Close  requestCloseCmd  `cmd:"" help:"Enter the outcome."`
		Answer requestAnswerCmd `cmd:"" help:"Write the answer to a person who asks what is known of them."`
	} `cmd:"" help:"Data subjects' requests: access, erasure and the other rights."`
	Organisation struct {
		Add    organisationAddCmd    `cmd:"" help:"Make an organisation."`
		List   organisationListCmd   `cmd:"" help:"List the organisations."`
		Change organisationChangeCmd `cmd:"" help:"Change name and number, and what its people are held to."`
	} `cmd:"" help:"Who answers for the consents."`
	Account struct {
		Add      accountAddCmd      `cmd:"" help:"Make an account, and a link with which its person chooses a password."`
		List     accountListCmd     `cmd:"" help:"List the accounts, with their roles."`
		Role     accountRoleCmd     `cmd:"" help:"Give, change or take away a role in an organisation."`
		Change   accountChangeCmd   `cmd:"" help:"Change address, name and language, and who is an operator."`
		Invite   accountInviteCmd   `cmd:"" help:"Make a link with which somebody joins an organisation."`
		Uninvite accountUninviteCmd `cmd:"" help:"Take an invitation back."`
		Reset    accountResetCmd    `cmd:"" help:"Make a new link, for somebody who has forgotten the password."`
		Logout   accountLogoutCmd   `cmd:"" help:"End every login of an account."`
		Close    accountCloseCmd    `cmd:"" help:"Let somebody in no more."`
	} `cmd:"" help:"Who may administer."`
	Key struct {
		Add    keyAddCmd    `cmd:"" help:"Make a key of the API, and show its secret once."`
		List   keyListCmd   `cmd:"" help:"List the keys of an organisation."`
		Revoke keyRevokeCmd `cmd:"" help:"End a key at once."`
	} `cmd:"" help:"Keys with which programs use the API."`
	Recipients struct {
		Show recipientsShowCmd `cmd:"" help:"Show who of an organisation is told by e-mail."`
		Set  recipientsSetCmd  `cmd:"" help:"Say who is told from now on."`
		Try  recipientsTryCmd  `cmd:"" name:"test" help:"Send a test message to everyone on the list."`
	} `cmd:"" help:"Who of an organisation is told by e-mail."`
	Trail struct {
		List   trailListCmd   `cmd:"" help:"Show what administrators have done."`
		Export trailExportCmd `cmd:"" help:"Write a trail to a CSV file."`
		Verify trailVerifyCmd `cmd:"" help:"Audit the trails of what administrators have done."`
	} `cmd:"" help:"What administrators, programs and commands have done."`
	Figures  figuresCmd  `cmd:"" help:"Show the figures of a site, none of which is about few people."`
	Findings findingsCmd `cmd:"" help:"Show what visitors' pages reported."`
	Notify   struct {
		Test notifyTryCmd `cmd:"" help:"Send a message to everyone who is told, and say what came of it."`
	} `cmd:"" help:"Who is told when somebody must act."`

	Config struct {
		Print configPrintCmd `cmd:"" help:"Show the settings in force."`
		Check configCheckCmd `cmd:"" help:"Check the settings without starting."`
		Docs  configDocsCmd  `cmd:"" help:"Write the manual of all settings."`
	} `cmd:"" help:"Settings of the server."`
	DB struct {
		Migrate dbMigrateCmd `cmd:"" help:"Bring the database up to this program."`
		Status  dbStatusCmd  `cmd:"" help:"Show what the database holds, and its version."`
		Backup  dbBackupCmd  `cmd:"" help:"Copy the database while it is used, and audit the copy."`
		Restore dbRestoreCmd `cmd:"" help:"Put a backup in the database's place."`
	} `cmd:"" name:"db" help:"The database."`

	Help    helpCmd    `cmd:"" help:"Explain a verb or a topic."`
	Version versionCmd `cmd:"" help:"Show the version."`
}

// Exit codes: misuse is something wrong with the command line itself.
const (
	exitDone    = 0
	exitFailure = 1
	exitMisuse  = 2
)

// exit stops parsing after help has been shown.
type exit int

// run does what args ask and returns the exit code.
func run(ctx context.Context, args []string, t *terminal) (code int) {
	defer func() {
		if stopped := recover(); stopped != nil {
			asked, ok := stopped.(exit)
			if !ok {
				panic(stopped)
			}
			code = int(asked)
		}
	}()
	parser, err := newParser(t)
	if err != nil {
		return t.fail(err)
	}
	if len(args) == 0 {
		return t.misuse(parser, errors.New("no verb was given"))
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return t.misuse(parser, err)
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(t, parser); err != nil {
		return t.fail(err)
	}
	return exitDone
}

func newParser(t *terminal) (*kong.Kong, error) {
	return kong.New(&cli{},
		kong.Name("samtykke"),
		kong.Description("Samtykke asks visitors for consent, keeps their answers as evidence, and publishes a site's cookies."),
		scopeVars(),
		kong.Writers(t.out, t.err),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.Help(func(_ kong.HelpOptions, ctx *kong.Context) error {
			return writeHelp(t, ctx.Model.Node, selected(ctx))
		}),
	)
}

// selected gives the verb, or group of verbs, that the arguments reached.
func selected(ctx *kong.Context) *kong.Node {
	node := ctx.Model.Node
	for _, step := range ctx.Path {
		if step.Command != nil {
			node = step.Command
		}
	}
	return node
}

// misuse says what is wrong with the command line and where to read on.
func (t *terminal) misuse(parser *kong.Kong, err error) int {
	node := parser.Model.Node
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		node = selected(parse.Context)
	}
	more := "samtykke help"
	if node.Type != kong.ApplicationNode {
		more += " " + node.Path()
	}
	t.remark("samtykke: %s\nRead on: %s", err, more)
	return exitMisuse
}
