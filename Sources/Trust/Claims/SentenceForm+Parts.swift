// SPDX-License-Identifier: GPL-3.0-or-later

extension SentenceForm {
    /// The forms that patterns name between angle brackets.
    static let parts: [String: SentenceForm] = {
        var parts: [String: SentenceForm] = [:]
        for (name, pattern) in definitions {
            // Later definitions may use earlier ones.
            let form = SentenceForm(pattern, parts)
            parts[name] =
                switch name {
                case "<U>": .subject(.user, form)
                case "<I>": .subject(.item, form)
                default: form
                }
        }
        return parts
    }()

    private static let definitions: [(String, String)] = [
        ("<films>", "film/films/movie/movies/title/titles/item/items/picture/pictures"),
        ("<film>", "film/movie/title/item/picture/one"),
        ("<who>", "( you | the/this user/viewer/person/member )"),
        ("<U>", "<who>"),
        ("<your>", "( your | the/this user/viewer/person/member s )"),
        (
            "<people>",
            "[ other ] people/users/viewers/others/raters/members/everyone/everybody/person/user/viewer"
        ),
        (
            "<pronoun>",
            "( it/this | the/this/that film/movie/title/item/picture/recommendation | the/this [ {y:sy} ] "
                + "{g:sg} [ <films> ] | the/this {y:sy} <films> ) #pronoun"
        ),
        ("<it>", "( <pronoun> | the film/movie/title/item {t:item} | {t:item} )"),
        ("<I>", "<it>"),
        (
            "<its>",
            "( its #pronoun | the/this film/movie/title/item/picture s #pronoun | {t:item} s )"
        ),
        ("<of-it>", "( of/for/to <it> )"),
        ("<candor>", "( candor/we/i | the system/recommender/model/daemon/engine )"),
        ("<be>", "is/are/was/were"),
        ("<have>", "have/has/had"),
        ("<mean>", "average/mean"),
        ("<rating>", "rating/score/mark/grade"),
        ("<sofar>", "( so far | in total | in all | until now | to date | yet | up to now )"),
        ("<rate>", "rate/rated/rates"),
        ("<give>", "give/gave/given/gives/award/awarded/awards/assigned"),
        ("<ratings>", "rating/ratings"),
        (
            "<unrated>",
            "( [ that/which ] <who> [ <have> ] not [ yet ] rated [ yet ] "
                + "| not [ yet ] rated by <who> )"
        ),
        (
            "<candidates>",
            "( candidates/candidate/options [ <unrated> ] | [ unrated ] <films> <unrated> "
                + "| unrated <films> )"
        ),
        ("<share-word>", "share/shares/contribution/contributions/part/parts/addition"),
        (
            "<why-word>",
            "reason/reasons/factor/factors/influence/influences/contributor/contributors/driver/drivers/"
                + "source/sources"
        ),
        ("<large>", "largest/biggest/greatest/strongest/highest/main/top"),
        ("<list>", "list/recommendations/ranking/suggestions"),
        ("<score>", "( the/its/this [ ranking/predicted/overall/total ] score | it )"),
        (
            "<all-shares>",
            "( all [ the ] shares #shares | the sum of [ all ] shares #shares | the explanation | the whole | the total )"
        ),
        (
            "<r>",
            "( <your> [ {S:given} ] <ratings> of/for {T:of} | <your> {S:given} for {T:of} "
                + "| the {S:given} <who> gave [ to ] {T:of} | {T:of} [ alone ] )"
        ),
        (
            "<r2>",
            "( <your> [ {S:given2} ] <ratings> of/for {T:than} | {T:than} )"
        ),
        ("<trait>", "age/gender/sex/occupation/job"),
        (
            "<ranks>",
            "( ranks/ranked/rank | is/was ranked | comes/came [ in ] | stands/sits | is/was | "
                + "places/placed | is/was placed | finishes | is/was ~ ranked | is/was ~ | does/did ~ rank/come/place )"
        ),
        ("<best>", "best/highest/strongest"),
        (
            "<pick>",
            "( recommendation/recommendations/match/matches/pick/picks/choice/choices/suggestion/"
                + "suggestions/candidate/candidates/list/hit/entry/result/results | "
                + "recommended <films> | <films> )"
        ),
        (
            "<for>",
            "( for/to <who> | on/in ( <your> | the ) <list> | in <your> recommendations | "
                + "among <your> recommendations )"
        ),
        (
            "<of-all>",
            "( [ , ] ( of | out of | among | from ) [ the/all/your ] {n:candidates} "
                + "[ possible/remaining ] ( <candidates> | <films> | <unrated> ) "
                + "| [ , ] ( of | out of | among ) all [ the/your ] <candidates> "
                + "| [ , ] ( of | out of | among ) ( the | all ) <films> <unrated> "
                + "| [ , ] ( of | out of | among ) {n:candidates} )"
        ),
        ("<to>", "( to/for <who> )"),
        (
            "<range>",
            "[ somewhere ] [ in the range ] ( from {s:low} to {s:high} | between {s:low} and {s:high} "
                + "| {s:low} to {s:high} )"
        ),
        (
            "<interval-name>",
            "( [ the/its ] [ {p:level} ] [ prediction/confidence/credible/uncertainty ] interval "
                + "[ of/for ( the prediction | this prediction | <it> | the rating ) ] )"
        ),
        (
            "<by-how-much>",
            "( well/slightly/far/somewhat/considerably/clearly/much/just/noticeably | a bit/little )"
        ),
        (
            "<relation>",
            "( ( [ <by-how-much> ] higher/greater/better/larger/more #above | "
                + "[ <by-how-much> ] lower/worse/smaller/less #below ) than "
                + "| [ <by-how-much> ] above #above | [ <by-how-much> ] below #below "
                + "| the same as #same | equal to #same | as high as #same )"
        ),
        (
            "<quantity>",
            "( ( <your> | the | its ) ( predicted | expected ) ( rating | stars ) [ of/for <it> ] "
                + "[ of {s:q} ] #q:predicted | the prediction #q:predicted "
                + "| <your> [ own/usual/personal ] <mean> [ <rating> ] [ of {s:q} ] #q:userMean "
                + "| its <mean> [ <rating> ] [ of {s:q} ] #q:itemMean "
                + "| the <mean> [ <rating> ] of/for <it> [ of {s:q} ] #q:itemMean )"
        ),
        (
            "<quantity2>",
            "( ( <your> | the | its ) ( predicted | expected ) rating [ of {s:q2} ] #q2:predicted "
                + "| <your> [ own/usual/personal ] <mean> [ <rating> ] "
                + "[ ( of {s:q2} | lparen {s:q2} rparen ) ] #q2:userMean "
                + "| ( its | the film s | the item s ) <mean> [ <rating> ] "
                + "[ ( of {s:q2} | lparen {s:q2} rparen ) ] #q2:itemMean "
                + "| the <mean> [ <rating> ] of/for <it> [ ( of {s:q2} | lparen {s:q2} rparen ) ] "
                + "#q2:itemMean | what <people> <give> it on average #q2:itemMean )"
        ),
        (
            "<partly>",
            "[ ( partly | in part | among other things | also ) #partly "
                + "| ( mainly | mostly | largely | chiefly | primarily | above all ) #mainly "
                + "| ( only | solely | purely | entirely | just ) #only ]"
        ),
        ("<high>", "( high/highly #high | well #high )"),
        (
            "<five-shares>",
            "( [ top ] five largest/biggest/greatest/strongest <share-word> "
                + "| [ top ] five largest/biggest/greatest/strongest ratings "
                + "| top five ( <share-word> | ratings ) )"
        ),
        ("<pm>", "[ ( give or take | plus or minus | plusminus ) {s:half} ]"),
        ("<probably>", "[ probably/likely/presumably ]"),
        ("<every>", "everybody/everyone/anybody/anyone/all"),
    ]
}
