"""Words that are also people's names, without accents: how the check for names tells "a grant" from Grant."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORDINARY = _words(
    """
    amber april art august baker banks barber basil bay bear bears beau bell best big bill bird bishop
    bloom blossom bob bolt bon bond book booth boulanger bow bowl branch brand bridges brook brooks buck
    bull burn burns bush butcher butler butt calf canon carpenter carter case cash castle chamber chambers
    chance chandler charpentier chase chevalier child christian church clay clerk cliff coats cook cooper
    court crane crook cross crow crown crystal curry cutter daisy dale dawn day days dean dear deer
    destiny dice don dove drake draper drew driver drum duke dyer eagle earl earnest elk england faith
    farmer feather feathers fern field fields fisher flag flint flood flora flower flowers foot ford
    forest fort foster fountain fox francais france frank freed freeman friday frost furlong gage gale
    gardener garland garnet gates gem gene giles glass glen glover god good goodman grace grand grant
    grave graves guest gun guns guy hall hammer hand hands hardy hare harmony harper harry hart hawk hay
    hazel head heard heath heather heavy herring hill hills holly home hood hook hope horn horse house
    hull hunter hurt inn ireland iris iron island ivy jack jade jay jeune joy june justice keen key
    kitchen knight lake lamb lance land lane lark lawless leaf leech lemon liberty lily link lion little
    lock lodge long lord loup love low lucky lump lynch major march marchand mark marsh marshall mason
    master masters may mayor meadow meadows mean medicine melody mercy miles mill miller mills monday
    moody moon moor moss moulin mount mountain nail nick night noble noel noon norm oaks old olive opal
    orange organ owens pace page paris park parker parks parson parsons pat patch patience patty peace
    peach peacock pearl peck penny people pepper perch perfect petit pike pine piper place plant plume
    pole pond pool pope poppy porter post potter power powers pretty pride priest prince prior proctor
    provost purse quick rabbit rain rains rattle ray ready red reed rice rich rider ridge ring rivers
    roach rob robe robin rock rod roe roi root roper rose roy ruby run runner running rush rusty sage
    salmon salt sandy savage sawyer scales schools seal self service sharp shepherd shield ship shirt shoe
    shoes short shot shots silver singer single skinner skip slaughter small smart snow song speed spotted
    spring squire stable stamp star steel sterling stern stock stone storm strange street striker strong
    sue summer sunny swan sweet swift tail tanner teller temple thorn tower towns trail train trapper tree
    trinity true trust turner twist usher valentine vert vest vice vine violet wade wakes walker wall
    walls ward warden ware waters way weasel weaver webster week weeks wells wheel wheeler whistler wild
    will willow wing winter winters wise wolf woman women wood woods wool word worth wright yard yarrow
    yellow young youngs
    """
)
"""A name when it is written with a capital."""

GRAMMAR = _words(
    """
    a ad ah ai al alberta am an and anonymous any are as at au be black blue brown but by calgary can
    canada complainant complaint da dam de del den der des di did do does done dos du east eh el en es et
    few first for from go gray green grey had has he her him his ho how i if in indigenous into inuit is
    it its judge king la le les lo los man many marshal me member men metis more most much must my no none
    nor north northeast northwest not now of off oh ok on one or other our out over person police public
    queen reviewer second she so some son south southeast southwest subject such sur test than that the
    them then there these they this those three to too two un une unknown up us van vo von was we were
    west what when white who why with witness would york you your
    """
)
"""A name only beside another part of it, an initial or a form of address: capitals come for other reasons."""

PARTICLES = _words(
    """
    al ap ben bin bint da das de del della den der des di do dos du el ibn la las le los st ste te ten ter
    van von
    """
)
"""Small words that lead a surname. Two of them together are not yet a name."""

MONTHS = _words("april august june march may")

DATE_WORDS = _words(
    """
    around by during each early every following from in last late mid next of on since that this
    through to until
    """
)
"""Before a month, these make it a month: outcomes say "in May", and must."""

RANKS = _words(
    """
    agent chief commander commissioner const constable corporal cpl cst deputy det detective insp
    inspector lieutenant lt officer pc sergeant sgt sheriff staff superintendent supt
    """
)

TITLES = _words("dr elder m madam madame miss mister mme monsieur mr mrs ms mx prof professor rev sir")

SUFFIXES = _words("ii iii iv jr junior senior sr")
