"""What people say around the name of a place, and what they call parts of the country."""

# What people call parts of the country that are no municipality and no labour-market region, by province.
AREAS = {
    "Drenthe": "dr|drente|drents|hondsrug",
    "Flevoland": "fl|flevopolder|de polder",
    "Friesland": "fr|fryslan|frysland|frl|friese wouden",
    "Gelderland": "gld|veluwe|de veluwe|noordwest veluwe|betuwe|de betuwe|liemers|de liemers|stedendriehoek|"
    "land van maas en waal|bommelerwaard|graafschap|arnhem nijmegen",
    "Groningen": "gr|ommeland|ommelanden|oost groningen|noord groningen",
    "Limburg": "lb|li|parkstad|heuvelland|mergelland|westelijke mijnstreek|noord limburg|zuid limburg",
    "Noord-Brabant": "brabant|noordbrabant|nb|oost brabant|kempen|de kempen|peel|de peel|meierij|baronie|langstraat",
    "Noord-Holland": "noordholland|nh|north holland|gooi|het gooi|t gooi|kennemerland|zuid kennemerland|ijmond|"
    "west friesland|westfriesland|kop van noord holland|zaanstreek|amstelland|mra|metropoolregio amsterdam",
    "Overijssel": "ov|salland|kop van overijssel|vechtdal|ijsseldelta",
    "Utrecht": "ut|eemland|vechtstreek|kromme rijn|lopikerwaard",
    "Zeeland": "zld|zeeuws vlaanderen|walcheren|zuid beveland|schouwen",
    "Zuid-Holland": "zuidholland|zh|south holland|bollenstreek|duin en bollenstreek|leidse regio|rijnstreek|"
    "alblasserwaard|voorne putten|drechtstreek",
}

# Words that say nothing of where, and would be mistaken for a misspelt village.
FILLERS = frozenset(
    "aan af al als andere alle anders area around as at ben bij bijna boven buiten buurt centrum city close "
    "countryside de den der dichtbij die dit dorp dorpje dus echt ee een eigenlijk en ergens er flexibel from geen "
    "gemeente graag grens haar heel heb hele here het hier hij home house huis i idee ik im in is it ja je kan kom "
    "klein kleine land langs lang leef live living maakt maar me meer met midden mijn misschien my naar nabij near "
    "nee net niet nl no nog nu of om omgeving ongeveer onder online ook op or over overal overig platteland plaats "
    "postcode pc prov province provincie reizen regio region remote rond rondom sta stad straks t te the thuis tot "
    "town tussen uit van vanaf vanuit vlak vlakbij voor wat weet weg welke werk werken wij wil wonen wonend woon "
    "woonachtig woonplaats village where zit zo zone zou".split()
)
# Answers, and places that are not here: close to the name of a village, and never one.
ELSEWHERE = frozenset(
    "nederland nederlands netherlands holland belgie belgium belgisch vlaanderen duitsland duits germany frankrijk "
    "france engeland england buitenland abroad europa europe spanje spain polen poland turkije antwerpen brussel gent "
    "keulen dusseldorf london londen berlijn parijs paris anywhere everywhere nowhere nergens randstad onbekend "
    "privacy skip stop hallo hello dakloos zwervend verhuizen verhuis binnenkort morgen noorden zuiden oosten westen "
    "noord zuid oost west weekend online auto fiets trein kilometer minuten afstand waddeneilanden caribisch curacao "
    "aruba bonaire suriname".split()
)
# Towns and villages that are words of a common sentence as well.
ORDINARY = frozenset(
    "best bomen born buren dieren echt hall halle hank haren hoek horn made son stad tegelen veen vries well wijk "
    "winkel zetten".split()
)
HOME = frozenset("woon wonen wonend woonachtig live living leef".split())
BESIDE = frozenset("bij nabij vlakbij near rond rondom dichtbij close omgeving langs".split())
BEFORE_A_PLACE = HOME | BESIDE | frozenset("in te uit from van gemeente around is woonplaats naar to".split())
ARTICLES = frozenset("de den het t the".split())
PROVINCE = frozenset("provincie province prov".split())
EITHER = frozenset("of or en and tussen between".split())
