// SPDX-License-Identifier: GPL-3.0-or-later

extension StatementRule {
    /// What is said of what ratings add to the score.
    static let shares =
        rules(
            .share, nil,
            [
                "<r> adds/add/contributes/contribute/brings/bring {n:share} [ points ] [ to <score> ]",
                "<r> takes/take away {n:share} [ from <score> ] #minus",
                "<r> subtracts/subtract {n:share} [ from <score> ] #minus",
                "<r> ( lowers/lower | reduces/reduce ) <score> by {n:share} #minus",
                "<r> ( raises/raise | lifts/lift | increases/increase ) <score> by {n:share}",
                "the share of <r> <be> ~ {n:share}",
                "<r> ( has | have ) a share of {n:share}",
                "{n:share} [ of <score> ] comes/come/stems from <r>",
                "{T:of} s share <be> ~ {n:share}",
            ])
        + rules(
            .sharePart, nil,
            [
                "<r> ( accounts/account for | makes/make up | provides/provide | contributes | "
                    + "contribute | hold | holds | has | is responsible for | are responsible for | "
                    + "explains | explain ) {p:part} of ( <all-shares> | <score> #score )",
                "<r> ( accounts/account for | makes/make up ) {p:part}",
                "{p:part} of ( <all-shares> | <score> #score ) comes/come/stems from <r>",
                "the share of <r> <be> {p:part} of ( <all-shares> | <score> #score )",
            ])
        + rules(
            .sharePartOn, nil,
            ["+[ , ] [ with | which is | or ] {p:part} of ( <all-shares> | <score> #score )"])
        + rules(
            .shareSign, nil,
            [
                "<r> [ does/do ] ~ ( raises/raise | lifts/lift | increases/increase | supports/support "
                    + "| helps/help | boosts/boost | pushes/push up | adds/add to | contributes/"
                    + "contribute to ) <score> #up",
                "<r> ( speaks/speak for | counts/count for | counts/count in favour of | counts/count "
                    + "in favor of ) it #up",
                "<r> [ does/do ] ~ ( lowers/lower | reduces/reduce | decreases/decrease | hurts/hurt | "
                    + "pulls/pull down | drags/drag down | weighs/weigh down | weakens/weaken ) <score> #down",
                "<r> ( pulls/pull | drags/drag | weighs/weigh ) <score> down #down",
                "<r> ( pushes/push | pulls/pull ) <score> up #up",
                "<r> ( speaks/speak | counts/count ) against it #down",
                "<r> ( takes | take ) something away from <score> #down",
            ])
        + rules(
            .shareRank, nil,
            [
                "the [ {o:place} ] [ single ] <large> [ single ] ( <share-word> | <why-word> | "
                    + "positive contribution ) [ to <score> ] ( comes/come from | <be> ~ [ that of ] | "
                    + "belongs/belong to | stems/stem from | <be> due to ) <r>",
                "<r> <be> ~ the [ {o:place} ] [ single ] <large> [ single ] ( <share-word> | "
                    + "<why-word> ) [ to <score> ]",
                "<r> has/have/makes/gives/brings the [ {o:place} ] <large> ( <share-word> )",
                "<r> contributes/adds/counts/matters/weighs ( [ the ] {o:place} most | [ the ] most ) "
                    + "[ of all ] [ to <score> ]",
                "<r> has/have/makes/gives/brings the most [ of all ] influence",
                "what ( counts | matters | adds ) [ the ] most is <r>",
                "most is added by <r>",
                "the rating that ( counts | matters | adds ) [ the ] most is [ that of ] <r>",
                "<r> ( lowers | reduces ) <score> [ the ] most #down [ , ] [ by {n:share} ]",
                "the <large> negative share ( comes from | <be> [ that of ] ) <r> #down",
            ])
        + rules(
            .largestShares, nil,
            [
                "the [ {n:count} ] <large> ( <share-word> | <why-word> ) [ to <score> ] ( come | comes | stem | are | "
                    + "belong | <be> those ) [ from | of | to ] <r>",
                "<r> have/has/are the [ {n:count} ] <large> <share-word> [ to <score> ]",
                "the [ {n:count} ] <why-word> that ( count | matter ) most <be> <r>",
                "the [ {n:count} ] ratings that ( count | matter | add | weigh ) most are those of <r>",
                "<r> ( contribute | add | matter | count | weigh ) [ the ] most",
            ])
        + rules(
            .shareCompare, nil,
            [
                "<r> adds/contributes/counts/matters/weighs/brings ( more #more | less #less ) [ to "
                    + "<score> ] than <r2> [ does ]",
                "the share of <r> <be> ( larger/greater/bigger/higher #more | smaller/lower #less ) than "
                    + "( the share of | that of ) <r2>",
                "<r> has/have a ( larger/greater/bigger/higher #more | smaller/lower #less ) share than <r2>",
                "<r> has ( more #more | less #less ) influence than <r2>",
            ])

    /// What is said of an explanation as a whole.
    static let reasons =
        rules(
            .because, nil,
            [
                "+[ , ] <partly> because/since/as <who> [ <have> ] rated {T:of} [ with/at ] {s} "
                    + "[ each/both ]",
                "+[ , ] <partly> because/since/as <who> [ <have> ] rated {T:of} [ <high> ]",
                "+[ , ] <partly> because/since/as <who> ( gave | have given | has given ) {T:of} "
                    + "[ a rating of ] {s} [ each ]",
                "+[ , ] <partly> because/since/as <who> ( gave | have given | has given ) {s} to {T:of}",
                "+[ , ] <partly> ( because of | due to | thanks to | owing to | on account of ) "
                    + "<your> [ {S:given} ] <ratings> of/for {T:of}",
                "+[ , ] <partly> ( because of | due to | thanks to ) {T:of}",
                "<your> [ {S:given} ] <ratings> of/for {T:of} <be> ~ ( one of the reasons #partly | "
                    + "a reason #partly | one reason #partly | among the reasons #partly | "
                    + "the main reason #mainly | the only reason #only | the reason ) "
                    + "[ ( why | that | for ) ( <it> <be> recommended | <who> get this | this "
                    + "[ recommendation ] ) ]",
                "{T:of} <be> ~ ( one of the reasons #partly | a reason #partly | one reason #partly | "
                    + "the main reason #mainly | the only reason #only | the reason ) [ why | for | that ] "
                    + "[ <it> <be> recommended | this | the recommendation ]",
                "<your> [ {S:given} ] <ratings> of/for {T:of} ( contribute | contributes ) "
                    + "( to it | to this | to the recommendation ) #partly",
            ])
        + rules(
            .coverage, nil,
            [
                "the <five-shares> ( cover/covers | make/makes up | account/accounts for | hold | "
                    + "explain | add up to | are | amount to | represent ) {p:part} [ of ( <all-shares> "
                    + "| <score> #score | it ) ] [ together ]",
                "the <five-shares> ( cover | account for | explain ) ( most | the majority ) of "
                    + "( <all-shares> | <score> #score | it ) #most",
                "the <five-shares> together ( cover | make up | account for | hold | explain ) {p:part} "
                    + "[ of ( <all-shares> | <score> #score | it ) ]",
            ])
        + rules(
            .others, nil,
            [
                "( the | <your> | all ) [ other/remaining/further ] {n:others} [ other/remaining/further ] "
                    + "[ of <your> {n:total} ] ratings [ together ] ( add | contribute | account for | "
                    + "bring | have ) {n:sum} [ together | in total | more | altogether | to <score> ]",
                "( the | <your> | all ) [ other/remaining/further ] {n:others} [ other/remaining/further ] "
                    + "[ of <your> {n:total} ] ratings [ together ] ( take away | subtract ) {n:sum} "
                    + "[ together | in total ] #minus",
                "<your> ( other | remaining ) {n:others} ratings [ together ] ( add | contribute ) {n:sum} "
                    + "[ together | in total ]",
                "the other rating ( adds | contributes ) {n:sum} #one",
                "the other rating ( takes away | subtracts ) {n:sum} #one #minus",
            ])
        + rules(
            .abstains, nil,
            [
                "no short/simple/brief explanation <be> ( honest | fair | possible | adequate | complete "
                    + "| sufficient ) [ here ]",
                "there <be> no [ honest/fair/adequate ] short/simple/brief explanation [ here ]",
                "there <be> no short/simple/brief explanation that <be> honest [ here ]",
                "no short/simple/single reason <be> the whole truth",
                "a short/simple/brief explanation <be> ~ ( honest | fair | possible | adequate | enough ) "
                    + "[ here ] #honest",
                "a short/simple/brief explanation would ~ be ( honest | fair | adequate | enough ) [ here ] "
                    + "#honest",
            ])
        + rules(
            .base, nil,
            [
                "of the predicted score of {n:score} [ , ] {n:base} holds for everyone",
                "{n:base} of <score> ( holds | is the same | is there | counts ) for <every>",
                "{n:base} of ( the <score> of {n:score} ) holds for <every>",
                "( all | the whole ) of <score> comes from <your> own ratings #all",
                "<score> comes ( entirely | wholly | only | solely ) from <your> own ratings #all",
                "the part [ of <score> ] that holds for <every> <be> ~ {n:base}",
            ])
        + rules(
            .additive, nil,
            [
                "<its> ranking score of {n:score} <be> the sum of ( the shares of <your> {n:total} "
                    + "ratings | what each of <your> {n:total} ratings adds ) #ranking",
                "<its> ranking score of {n:score} comes from <your> one/only/single rating #one #ranking",
                "<its> predicted score of {n:score} <be> {n:base} , which holds for <every> , [ and/plus "
                    + "] the shares of <your> {n:total} ratings #predicted",
                "<its> predicted score of {n:score} <be> {n:base} , which holds for <every> , [ and/plus "
                    + "] the share of <your> one rating #one #predicted",
                "the shares add up to <score>", "the shares sum to <score>",
                "<score> is the sum of [ all ] [ the ] shares [ of [ all ] <your> ratings ]",
                "( the | its ) [ ranking ] score [ of {n:score} | , {n:score} , ] is the sum of [ all ] "
                    + "[ the ] shares [ of [ all ] <your> [ {n:total} ] ratings ] #ranking",
            ])
        + rules(
            .shareMeaning, nil,
            [
                "a/each/the share ( is | says | means | tells ) what one rating adds to the score",
                "a/each/the share ( is | says | means ) what a [ single ] rating adds to the score",
                "[ a/each/the share | it ] is ~ what the score would lose without [ that/the ] rating #effect",
                "[ a/each/the share | it ] is ~ ( the effect of | what would happen by | the same as ) "
                    + "deleting/removing ( that | the | a ) rating #effect",
                "[ a/each/the share | it ] does ~ say what the score would be without [ that/the ] rating "
                    + "#effect",
            ])
}
