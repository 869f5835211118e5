/// The 2,048 words of seeds: plain, short English nouns.
///
/// Their order is part of every seed that is written down: never change it.
enum SeedWordList {
    static let words: [String] = text.split(whereSeparator: \.isWhitespace).map(String.init)

    static let index: [String: Int] = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })

    private static let text = """
        abacus acorn acre adobe agate airship album alcove alder alley almond alpaca alpine altar alto amaranth amber
        amulet anchor anemone angel anise ankle antelope anthem antler anvil apple apricot apron aquarium arbor arch
        archer archway arena aria armada armchair armor arpeggio arrow artisan artist ash aspen aster atlas atoll
        atrium attic aubergine auburn aurora author autumn avenue aviary avocado awning axle azalea azure baboon bacon
        badge badger badminton bagel bagpipe baker bakery balcony ballad balloon balsam bamboo banana band bandana
        banjo bank bantam barge barley barn barnacle barnyard baron barrel basalt baseline basil basin basket bass bath
        baton bay bayou bazaar beach beacon bead beagle beak beam bean bear beard beaver bed bedrock bee beech beetle
        begonia bell bellows belt bench beret bergamot berry berth beryl bicycle billow binder biplane birch bird
        birdbath birdsong biscuit bison bistro bittern blackbird blade blanche blanket blaze blizzard bloom blossom
        blouse bluebell blueberry bluebird board boardwalk boat bobbin bobcat bobolink bolt bonfire bongo bonnet bonsai
        book bookcase bookend bookmark bookshelf bookshop boot border botany bottle boulder bouquet bow bowl box
        boxwood bracelet bracken bramble branch brass bravo bread breaker breakfast breeze briar brick bride bridge
        brie brigade bristle brocade broccoli bronze brook broom broth brush bubble bucket buckeye buckle buckwheat bud
        buffalo bugle bulb bulrush bumper bundle bungalow bunny buoy burrow bush butler butter buttercup button
        buttress cabbage cabin cabinet cable cactus cadence cadenza cadet cafe cake caldera calendar calico calm
        calypso camel camellia camera camp canal canary candle cannery canoe canopy cantata canteen canter canvas
        canyon cape caper capstan captain carafe caramel caravan caravel cardigan cardinal cargo carnival carob carol
        carp carpet carrot cart cascade cashew cask cassia castle cat catalog catamaran catkin cavalry cave cavern
        cayenne cedar ceiling celery celesta cellar cello century cereal chain chair chalet chalk chamber chamois
        channel chapel chapter charcoal chariot charm chart chateau cheese cheetah chef cherry chess chest chestnut
        chickadee chicken chicory chime chimney chinook chisel chive choir chord chorus chowder chrome church chutney
        cicada cinder cinema cinnamon circle citrus city clam clarinet clarion clasp clay clematis cliff cloak clock
        cloister cloud clove clover cluster coal coast coat cob cobalt cobbler cobra cockatoo cocoa coconut cocoon cod
        coda coffee coin collar colony colt column comb comet compass compote concert concerto condor cone conifer
        cookie copper copse coral cord cork cormorant corn cornbread corner cornet cornfield coronet corral cosmos
        cottage cotton couch cougar course court courtyard cousin cove cow cowbell cowboy cowslip coyote crab cradle
        cranberry crane crater crayon cream creek crescent crest crevice crew cricket crochet crocus crossing crow
        crown cruise crumb crust crystal cube cuckoo cucumber cuff cup cupcake curlew currant current curry curtain
        cushion custard cutlass cutter cycle cymbal cypress daffodil dagger dahlia dairy daisy dale damask damson dance
        dancer dandelion darling date daughter dawn dawning day daylight debut decade deck deer degree delta denim
        depot derby desert desk dessert dew dewberry dewdrop dial diamond diary dimple diner dingo dinner dinosaur
        diorama dish diver dock dogwood dollar dolphin dome domino donkey door doorbell doorstep doorway dough dove
        downpour draft dragon dragonfly drake drapery drawer dream dress drift driveway drizzle droplet drum drumbeat
        duck duet dulcimer dumpling dune dusk dust dwelling eagle ear earring earth easel easter echo eclipse eddy eel
        effort egg eiderdown elbow elder elephant elixir elk elm ember emerald emperor empire emu endive engine
        envelope era ermine estate estuary etude evening event everglade evergreen ewe fable fabric facade fairy falcon
        family fan fanfare farm farmer farmhouse farmyard fashion fathom fawn feast feather feldspar felt fence fennel
        fermata fern ferret ferry fescue fiber fiddle field fiesta fig figure figurine filament filbert film finale
        finch finger fingertip fir fire firebird firefly fireplace fireside firewood fish fishbowl fishing fjord flag
        flagship flagstone flair flame flamingo flannel flask flax fleece fleet flicker flight flint flock flood floor
        floret flotilla flour flower flowerpot flurry flute foal foam fog foghorn folder foliage folk foothill footpath
        footprint footstep footstool ford forecast forest forge fork foundry fountain fox foxglove foxtail frame
        freckle freesia fresco friend frigate fringe frog frond frost fruit fuchsia fudge fugue fulcrum funnel furnace
        gabardine gable galaxy gale galleon gallery gallop galosh gander garage garden gardenia gargoyle garland garlic
        garment garnet garnish gate gavotte gazebo gazelle gecko gelato gem geranium geyser giant gibbon gift ginger
        gingham gingko giraffe glacier glade gladiolus glass glaze gleam glen glider glimmer globe glove glow gnome
        goat gold goldfinch goldfish gondola gong goose gopher gorge gorse gosling gourd grain granary grandma grandpa
        grandson granite grape grapevine grass gravel gravy grebe greenery greeting grotto grouse grove guava guest
        guild guitar guitarist gull gully gumdrop gumtree gust gypsum habitat haiku hail halibut hall halo hamlet
        hammer hammock hamper hamster hand handbell handle hangar harbor hare harebell harmony harness harp harpist
        harpoon harvest harvester hat hatchet haven hawk hawthorn hay hayfield hayloft haystack hazel hazelnut headland
        headwind heartbeat hearth heath heather hedge hedgehog heel heirloom helium helmet hemlock hen herb heritage
        hermit heron hibiscus hickory highchair highland highway hill hillock hillside hilltop hinge hippo hive hobby
        hoist hollow holly hollyhock homeland homestead homework honey honeybee honeycomb honeydew hood hoof hook
        hopper horizon horn hornet horse horseshoe hostel hotel hound hour hourglass house houseboat humming hurdle hut
        hyacinth hydrant hyena hymn hyssop ibis ice iceberg icebox icicle igloo ignition iguana impala impromptu inch
        indigo ink inkwell inlet inn insect instant interlude invite iris iron island isle islet ivory ivy jacaranda
        jackal jackdaw jacket jade jaguar jalopy jam jamboree jar jasmine jasper jay jelly jellyfish jersey jester
        jetty jewel jigsaw jockey jolly jonquil journal journey joy jubilee judge jug juice jungle juniper jury kale
        kayak kelp kennel kerchief kernel kestrel kettle key keyboard keyhole keynote keystone kid kiln kilt kimono
        kindle kingdom kingfish kiosk kitchen kite kitten kiwi knapsack knee knight knoll knot knuckle koala kumquat
        label lace lacquer ladder ladle ladybird ladybug lagoon lake lamb lamp lamplight lamppost lancer land landing
        landmark lantern lapel larch larchwood larder lark larkspur lasso latch lattice launch laurel lava lavender
        lavish lawn layer leaf leapfrog leather ledge leek legato legend lemon lemonade lemur lentil leopard letter
        lettuce lever librarian library lichen lid lifeboat lifeline light lilac lily lilypad lime limerick limestone
        limpet linden linen linnet linseed lintel lion lizard llama loaf lobster locket locust lodge loft log longboat
        lookout loom loon lotus lounge lovebird lullaby lumber lunch lupine lute lychee lynx lyre lyric macaron macaw
        mackerel madrigal magenta magnet magnolia magpie mahogany mail mailbox mallard mallet mallow mammoth manatee
        mandolin mango manor mansion mantel mantis mantle map maple maraca marble march margin marigold marina mariner
        marjoram marker market marlin marmot maroon marquee marsh marshland marten marvel mask masonry mast match
        matinee mauve mayfly maze mazurka meadow meander measure medal medley meerkat melody melon membrane memory menu
        merlin mesa meteor mica midday midnight midsummer milk milkshake milkweed mill millet mimosa mineral minnow
        minstrel mint minuet minute mirror mist mistletoe mitten moat molasses mole moment monarch monkey monsoon month
        monument moon moonbeam moonlight moonstone moor mooring moose morning mosaic moss motel moth motif motor mound
        mountain mouse mouth muffin mug mulberry mule mural museum mushroom music muslin mussel mustard myrtle napkin
        narrow narwhal nation nebula necklace nectar needle neon nephew nest nettle newt niece night nightcap nightfall
        nightgown nimbus nocturne nomad noodle nook noon north notebook nougat novel nugget nursery nut nutmeg nutshell
        oak oakleaf oar oasis oat oatcake oatmeal obelisk oboe ocean octave octopus office okra oleander olive onion
        opal opera opossum oracle orange orbit orchard orchid oregano organ origami oriole osprey ostrich otter outcrop
        outpost oven overture owl oxbow oxcart oxygen oyster packet paddle page pagoda paint paisley palace palette
        palm pampas pancake panda panel panorama pansy panther pantry papaya paper paprika papyrus parade parasol
        parcel parfait park parlor parrot parsley parsnip partner partridge passage pasta pastel pastry pasture patch
        path pathway patina patio pattern pavilion payday pea peach peachtree peacock peak peanut pear pearl peat
        pebble pecan pedal pediment pelican pelt pencil pendant penguin pennant penny peony pepper perch perfume petal
        petunia pewter pheasant phone physics pianist piano picket pickle picnic picture pier pigeon pigment pigtail
        pilgrim pillar pillow pilot pimento pine pineapple pinecone pinion pinnacle pint pinto pinwheel pioneer piper
        pirate pistachio pitcher pixie placard plaid plain planet plank plant plaster plate plateau platinum platter
        playhouse plaza plover plow plum plumage plume plywood pocket podium poem poet polka pollen polo pomelo poncho
        pond pontoon pony pool popcorn poplar poppy porcelain porch porridge port portal portrait possum postage
        postbox postcard pot potato potter pottery pouch prairie praline present pretzel primrose prince print prism
        promenade propeller prune pudding puddle pueblo puffin pulley pullover pulp pulse puma pumice pumpkin punch
        puppet puppy purple purse puzzle pyramid quadrant quail quarry quarter quartz quay queen quest quicksand quill
        quilt quince quinoa quiver quote rabbit raccoon racket radar radiator radio radish raft rafter ragtime rail
        railroad railway rain rainbow raincoat raindrop rainfall raisin rally ramble rampart ranch ranger rapids
        raspberry rattan raven ravine ray recipe recital record redwood reed reef reel refuge regatta region reindeer
        relay relic reptile reservoir resin retreat revel rhubarb rhyme rhythm ribbon rice ridge rigging ring ripple
        river riverbank riverbed riverboat rivet road roast robe robin rocket rodeo romance roof rooftop room rooster
        rope rosary rose rosebud rosehip rosemary rosette rotunda rover rowboat rowing ruby rudder rug ruler rumba
        runner runway russet rust rye sabre saddle safari saffron sage sail sailboat sailor salad salmon salon salt
        saltwater sampler sanctuary sand sandal sandbar sandbox sandpiper sandstone sandwich sapphire sardine sash
        satchel satin saucer sawdust saxophone scale scallop scarecrow scarf scarlet scholar school schooner science
        scone scooter scout screen screw script scroll sculptor sea seabird seafoam seagull seahorse seal seaport
        seashell seashore seaside season seawall seaweed sedan sedge seed seedling sequoia serenade sergeant sesame
        settler shadow shale shamrock shark shawl shed sheep shell shelter sherbet sheriff shield shingle ship shipyard
        shirt shoal shoe shoelace shore shoulder shovel shower shrimp shrub shutter shuttle siesta signal signpost silk
        silkworm silo silver siren sister skate skein sketch ski skiff skillet skirt sky skylark skylight skyline slate
        sled sleeve sleigh slipper sloop smile smoke snail snapper sneaker snow snowball snowbird snowdrop snowfall
        snowflake snowman snowshoe soap sofa soil soldier solstice song songbird songbook sonnet sorbet sorrel soup
        south spade spaniel spark sparrow spatula spearmint spectrum sphere spice spider spinach spindle spinet spinner
        spiral spire sponge spool spoon sprig spring sprite sprout spruce spur square squirrel stable stadium stag
        stair stairway stallion stamp staple star starfish stargazer starlight starling starship station statue steam
        steamboat steeple stem stencil step steppe stereo steward stick stilt stirrup stitch stocking stone stool stork
        storm story storybook stove straw stream street string studio sugar suitcase summer summit sun sunbeam sunbird
        sundial sundown sunflower sunlight sunrise sunroom sunset sunshine surf surface swallow swamp swan sweater
        sweetpea swift swing sword swordfish sycamore symphony syrup table tablet tadpole tail tale talon tamarind
        tambour tanager tandem tangerine tangle tango tape tapestry tapioca tarragon tart tartan tassel tavern taxi tea
        teacake teacup teahouse teal teapot teaspoon temple tempo tendril tennis tenor tent terrace terrain terrier
        thatch theater theme thicket thimble thistle thorn thread thrift throat throne thrush thumb thunder thyme
        ticker ticket tide tidepool tiger tigress tile tiller timber timepiece tin tinsel toad toadstool toast toffee
        token tomato tongue toolbox topaz topiary torch tornado tortoise totem toucan tower town towpath toy tractor
        trader tradition traffic trail train trapeze traveler tray treasure treble tree treehouse treetop trellis
        triangle tribe trident trinket trolley trophy trout truck truffle trumpet trunk tuba tugboat tulip tuna tundra
        tunic tunnel turban turbine turf turkey turnip turnpike turnstile turret turtle tutor tweed twig twilight twine
        umbrella uncle undertow unicorn uplands upright urchin urn utensil vacation valet valley valor vanilla vapor
        vase vault vellum velvet venture veranda verse vessel vest viaduct victory video village vine vineyard viola
        violet violin violinist vista vivid voice volcano volley voucher voyage waffle wagon waist waiter walkway wall
        wallet walnut walrus waltz wand warbler wardrobe warmth washtub watch water waterfall waterway wave wavelet wax
        wayside weasel weather weaver wedding weekday weekend weld west whale wharf wheat wheel whisk whisker whisper
        whistle wicker widget wigwam wildcat willow wind windmill window windsock wing winter wisdom wisteria wizard
        wolf wombat wood woodland woodwind wool workshop world wreath wren wrist yacht yam yard yardarm yarn year
        yearbook yearling yeoman yogurt yolk yonder yucca zebra zenith zephyr zigzag zinc zinnia zipper zither zone
        """
}
