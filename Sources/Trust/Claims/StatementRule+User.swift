// SPDX-License-Identifier: GPL-3.0-or-later

extension StatementRule {
    /// What is said of the user's ratings as a whole.
    static let user =
        rules(
            .userCount, .user,
            [
                "<U> [ <have> ] ~ rated {n} [ different ] <films> [ <sofar> ]",
                "<U> [ <have> ] ~ given/made/left/gave/submitted {n} <ratings> [ <sofar> ]",
                "<U> <have> {n} [ own ] <ratings> [ <sofar> ]",
                "<U> <have> [ a ] history/profile of {n} <ratings>",
                "<your> history/profile/record has/contains/holds/counts/comprises {n} <ratings>",
                "<your> history/profile/record consists of {n} <ratings>",
                "<your> number of ratings is {n}",
                "the number of <your> ratings is {n}",
                "the number of ratings <who> <have> given is {n}",
                "there are {n} <ratings> by/from/of ( <who> | yours )",
                "{n} <films> <have> been rated by <who>",
                "[ the/this answer/recommendation/explanation/result/score ] [ is/was ] "
                    + "based/built/computed/solved/made on/from <your> [ own ] {n} [ own ] <ratings>",
                "+based on <your> [ own ] {n} [ own ] <ratings>",
                "[ all/everything ] this rests on <your> {n} <ratings>",
                "+with {n} <ratings> [ to <your> name ]",
            ])
        + rules(
            .userNone, .user,
            [
                "<U> <have> no ratings [ <sofar> ]",
                "<U> <have> not rated ( anything | any <films> | a [ single ] <film> ) [ <sofar> ]",
                "<U> <have> never rated ( anything | any <films> | a [ single ] <film> )",
                "<U> <have> rated nothing [ <sofar> ]",
                "<U> <have> ( not given | given no ) [ any ] ratings [ <sofar> ]",
                "there are no ratings of/from/by ( yours | <who> ) [ <sofar> ]",
                "<your> history/profile is empty",
            ])
        + rules(
            .userMean, .user,
            [
                "<your> [ own ] <mean> [ <rating> ] <be> ~ {s}",
                "<your> [ own ] ratings average [ out at ] {s}",
                "<your> [ own ] ratings have an <mean> of {s}",
                "<your> [ own ] <mean> [ <rating> ] comes to {s}",
                "<your> [ own ] <mean> [ <rating> ] stands at {s}",
                "on average [ , ] <who> <rate> [ them ] [ at ] {s}",
                "on average [ , ] <who> <rate> <films> [ at ] {s}",
                "on average [ , ] <who> <give> [ <films> | them ] {s}",
                "<U> ( <rate> | <give> ) [ <films> | them ] {s} on average",
                "<U> <give> [ <films> | them ] an average [ <rating> ] of {s}",
                "<U> average/averages {s} [ per/a <film> ]",
                "<U> <have> an <mean> [ <rating> ] of {s}",
                "+with an <mean> [ <rating> ] of {s}",
                "+averaging {s}",
                "+, {s} on average",
            ])
        + rules(
            .userSource, nil,
            [
                "( this | the answer | it ) is what is expected of anybody #popular",
                "( this | the answer | it ) is what is expected of anyone #popular",
                "( this | the answer ) is not personal #popular",
                "( this | the answer ) is ~ personal #personal",
                "( this | the answer | the recommendation ) is ~ ( folded in | folded-in ) #folded",
                "[ the ] source [ of the/this answer ] is ~ ( personal #personal | popular #popular "
                    + "| folded in #folded )",
                "( this | the/this answer | it ) <be> based on what is popular #popular",
                "some of <your> ratings are newer than the/its training #folded",
                "none of <your> ratings is newer than the/its training #personal",
            ])
        + rules(
            .generation, nil,
            [
                "[ the ] generation {n:generation} answered [ this/it ]",
                "( this | the/this answer ) comes/came/is from [ model ] generation {n:generation}",
                "[ the ] generation {n:generation} is serving",
                "it was answered by generation {n:generation}",
                "the generation is ~ {n:generation}",
            ])
        + rules(
            .demographics, nil,
            [
                "attributes of yours <be> ~ inputs of the predicted rating #told",
                "none of this <be> based on <your> <trait> [ or/and [ <your> ] <trait> ]",
                "<your> <trait> and [ <your> ] <trait> <be> ~ used #used",
                "neither <your> <trait> nor [ <your> ] <trait> <be> used",
                "neither <your> <trait> nor [ <your> ] <trait> play/plays/played a/any part/role",
                "<your> <trait> [ and/or [ <your> ] <trait> ] play/plays/played no part/role",
                "no demographics <be> used",
                "demographics <be> not used", "demographics play no part/role",
                "( this | it | the recommendation ) [ does ] use/uses [ <your> ] "
                    + "( <trait> | demographics ) #used",
                "( this | it | the recommendation | the score ) does not use/consider [ <your> ] "
                    + "( <trait> | demographics )",
                "( this | it | the recommendation | the score ) is ~ based on [ <your> ] "
                    + "( <trait> | demographics ) #used",
                "<your> <trait> <be> ~ used #used",
                "+because of <your> <trait> #used",
                "+because <who> are/is ( [ a ] man/woman/male/female/young/old | {n:age} [ years old ] ) #used",
            ])

    /// What is said of the user's ratings by genre.
    static let genres =
        rules(
            .genreCount, .user,
            [
                "<U> [ <have> ] ~ rated {n} {g} [ <films> ] [ <sofar> ]",
                "{n} of <your> [ {n:total} ] <ratings> ( <be> [ of/for ] | go/went to | belong to | "
                    + "concern ) {g} [ <films> ]",
                "{n} of the {n:total} <films> <who> [ <have> ] rated <be> {g} [ <films> ]",
                "{n} of the <films> <who> [ <have> ] rated <be> {g} [ <films> ]",
                "<U> [ <have> ] rated {g} [ <films> ] {n} times",
                "{n} {g} [ <films> ] ( <be> | <have> ) in <your> history",
                "<your> history/profile has/contains/includes/holds {n} {g} [ <films> ]",
                "<U> <have> {n} <ratings> of/for {g} [ <films> ]",
                "{n} of <your> ratings <be> for {g}",
            ])
        + rules(
            .genreCountOn, .user,
            [
                "+( , and | and | , ) {n} [ <ratings> of ] {g} [ <films> ]"
            ])
        + rules(
            .genreMeanOn, .user, ["+[ , ] at {s} [ on average ]", "+[ , ] with {s} on average"])
        + rules(
            .genrePart, .user,
            [
                "{p} of <your> <ratings> ( <be> [ of/for ] | go/went to ) {g} [ <films> ]",
                "{p} of the <films> <who> [ <have> ] rated <be> {g} [ <films> ]",
                "{g} makes/make up {p} of <your> ratings",
            ])
        + rules(
            .genreMost, .user,
            [
                "most of <your> ratings <be> [ for/of ] {g} [ <films> ]",
                "most of the <films> <who> [ <have> ] rated <be> {g} [ <films> ]",
                "<U> mostly/mainly <rate> {g} [ <films> ]",
                "<U> [ <have> ] <rate> mostly/mainly {g} [ <films> ]",
            ])
        + rules(
            .genreTop, .user,
            [
                "<your> most [ often/frequently ] rated genre <be> ~ {g}",
                "<your> top genre [ by number of ratings ] <be> ~ {g}",
                "{g} <be> ~ <your> most [ often/frequently ] rated genre",
                "{g} <be> ~ the genre <who> [ <have> ] rated/rate most [ often ]",
                "the genre [ that ] <who> [ <have> ] <rate> most [ often/frequently ] <be> ~ {g}",
                "<U> [ <have> ] <rate> {g} [ <films> ] most [ often/frequently ] [ of all ]",
                "<U> [ <have> ] <rate> more {g} [ <films> ] than ( anything else | any other genre )",
                "no genre <have> more of <your> ratings than {g}",
            ])
        + rules(
            .genreMean, .user,
            [
                "<U> <give> {g} [ <films> ] [ an average of ] {s} [ on average ]",
                "<U> <rate> {g} [ <films> ] {s} on average",
                "<U> <give> {g} [ <films> ] {s} on average",
                "<U> <give> {g} [ <films> ] an <mean> [ <rating> ] of {s}",
                "on average [ , ] <who> ( <give> | <rate> ) {g} [ <films> ] {s}",
                "<your> <mean> [ <rating> ] for/of/in {g} [ <films> ] <be> {s}",
                "<your> {g} ratings average {s}",
            ])
        + rules(
            .genreBest, .user,
            [
                "{g} [ <films> ] get/gets/receive/receives/have/has [ the | <your> ] "
                    + "highest marks/ratings/rating/average/mean/stars [ from <who> ] [ on average ]",
                "<U> <rate> {g} [ <films> ] highest [ on average ]",
                "<your> best rated genre is {g}", "<your> highest rated genre is {g}",
            ])
        + rules(
            .genreAny, .user,
            [
                "<U> [ <have> ] ~ rated [ any/some/a/an ] {g} [ <films> ] [ <sofar> ]",
                "<U> [ <have> ] rated no {g} [ <films> ] [ <sofar> ] #not",
                "<U> <have> ~ rated [ at least one ] {g} [ <film> ]",
            ])
        + rules(
            .genreCompare, .user,
            [
                "<U> [ <have> ] <rate> ( more #more | fewer/less #less ) {g:a} [ <films> ] than "
                    + "{g:b} [ <films> ]",
                "<U> [ <have> ] <rate> {g:a} [ <films> ] ( more #more | less #less ) often than "
                    + "{g:b} [ <films> ]",
            ])
        + rules(
            .genreMeanCompare, .user,
            [
                "<U> <rate> {g:a} [ <films> ] ( higher/better #more | lower/worse #less ) than "
                    + "{g:b} [ <films> ] [ on average ]",
                "on average [ , ] <who> <rate> {g:a} [ <films> ] ( higher/better #more | "
                    + "lower/worse #less ) than {g:b} [ <films> ]",
            ])

    /// What is said of single ratings of the user.
    static let history =
        rules(
            .rated, .user,
            [
                "<U> [ <have> | did ] ~ <rate> ( <pronoun> | {T:of} ) [ with/at/as/a ] {s} [ each/both ]",
                "<U> [ did | <have> ] ~ ( <rate> | rate ) ( <pronoun> | {T:of} ) [ with/at/as/a ] "
                    + "{s} [ each/both ]",
                "<U> [ did | <have> ] ~ ( <give> | give ) ( <pronoun> | {T:of} ) [ a/an ] "
                    + "[ rating/score/mark of ] {s} [ each ] [ rating ]",
                "<U> [ did | <have> ] ~ ( <give> | give ) {s} to ( <pronoun> | {T:of} ) [ each ]",
                "<U> [ did | <have> ] ~ ( <rate> | rate ) both {T:of} [ with/at ] {s}",
                "<your> [ own ] <ratings> of/for ( <pronoun> | {T:of} ) <be> ~ {s}",
                "( <pronoun> | {T:of} ) ( got/received/earned/gets ) {s} from <who>",
                "( <pronoun> | {T:of} ) <have> {s} from <who>",
                "( <pronoun> | {T:of} ) ( <be> | <have> been ) ~ rated {s} by <who>",
            ])
        + rules(
            .ratedOn, .user,
            [
                "+( , and | and | , ) {T:of} [ with/at ] {s} [ each ]",
                "+( , and | and | , ) {s} to {T:of} [ each ]",
            ])
        + rules(
            .ratedAny, .user,
            [
                "<U> [ <have> | did ] ~ ( rated | rate ) ( <pronoun> | {T:of} ) [ <sofar> | before ]",
                "<U> [ <have> ] not yet rated ( <pronoun> | {T:of} ) #not",
                "<U> <have> [ yet ] to rate ( <pronoun> | {T:of} ) #not",
                "<U> <have> ~ given/gave ( <pronoun> | {T:of} ) a rating [ <sofar> | before ]",
                "( <pronoun> | {T:of} ) ( <be> | <have> been ) ~ rated by <who> [ <sofar> | before ]",
                "( <pronoun> | {T:of} ) <be> unrated by <who> #not",
                "<U> <have> not [ yet ] rated ( <pronoun> | {T:of} ) [ <sofar> | before ] #not",
                "<U> <have> no rating for/of ( <pronoun> | {T:of} ) [ <sofar> ] #not",
                "<your> history ~ contains/includes ( <pronoun> | {T:of} )",
            ])
        + rules(
            .ratedCompare, .user,
            [
                "<U> [ <have> ] <rate> {T:a} ( higher/better #more | lower/worse #less ) than {T:b}",
                "<U> <give> {T:a} ( more #more | fewer/less #less ) [ stars ] than {T:b}",
                "<U> <give> {T:a} a ( higher/better #more | lower/worse #less ) rating than {T:b}",
                "<your> rating of/for {T:a} <be> ( higher/better #more | lower/worse #less ) than "
                    + "( <your> rating of/for | that of/for ) {T:b}",
                "<U> [ <have> ] <rate> {T:a} as high/highly as {T:b} #same",
                "<U> [ <have> ] <rate> {T:a} the same as {T:b} #same",
                "<U> <give> {T:a} the same rating as {T:b} #same",
                "<U> <give> {T:a} as many stars as {T:b} #same",
            ])
}
