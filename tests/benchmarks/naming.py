"""Names of people from many places, as often as such names are: a few everywhere, most of them seldom.

Within a culture the first names of a list are the commonest, as in the statistics of its country; a share of
the family names is put together from what such names are made of, for the long tail that every list leaves
out. So in a large book many are called alike, and most words of names belong to a few people.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

TAIL = 0.35
"""The share of family names from outside of the list: in most countries the hundred commonest are borne by a
fifth to two thirds."""


@dataclass(frozen=True)
class Name:
    """What somebody is called.

    Attributes:
        nickname: What else they are called; mostly empty.
        family_first: Whether the family name is said first.
    """

    given: str
    family: str
    nickname: str = ""
    family_first: bool = False

    @property
    def full(self) -> str:
        """Both names, in the order in which they are said."""
        return f"{self.family} {self.given}" if self.family_first else f"{self.given} {self.family}"


@dataclass(frozen=True)
class Culture:
    """How people are named somewhere.

    Attributes:
        share: How many of a hundred people of the book are of it.
        given: Given names, the commonest first, with a blank between them.
        family: Family names, likewise.
        stems: What rare family names begin with.
        ends: What they end in.
        twice: The share of people with two family names.
        family_first: The share of people who say theirs first.
        native: How given names are written at home, as nicknames, for some of them.
    """

    share: int
    given: str
    family: str
    stems: str
    ends: str
    twice: float = 0.0
    family_first: float = 0.0
    native: str = ""

    @cached_property
    def given_names(self) -> "Ranked":
        """Given names by how common they are."""
        return Ranked(self.given.split())

    @cached_property
    def family_names(self) -> "Ranked":
        """Family names by how common they are."""
        return Ranked(self.family.split())

    @cached_property
    def rare_names(self) -> Sequence[str]:
        """Family names from outside of the list."""
        return [f"{stem}{end}" for stem in self.stems.split() for end in self.ends.split()]

    def name(self, chance: random.Random) -> Name:
        """Somebody's name."""
        given = self.given_names.pick(chance)
        family = self._family(chance)
        if chance.random() < self.twice:
            family = f"{family} {self._family(chance)}"
        nickname = ""
        if self.native and chance.random() < 0.3:
            nickname = chance.choice(self.native.split())
        elif chance.random() < 0.04:
            nickname = given[:3].capitalize() if len(given) > 4 else ""
        return Name(given, family, nickname, chance.random() < self.family_first)

    def _family(self, chance: random.Random) -> str:
        if chance.random() < TAIL:
            return chance.choice(self.rare_names)
        return self.family_names.pick(chance)


class Ranked:
    """Words by rank, each as often as Zipf has it: the second half as often as the first.

    Args:
        words: The commonest first.
        flat: Added to each rank, so that the first does not stand out as much as in a text.
    """

    def __init__(self, words: Sequence[str], flat: float = 4.0) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + flat) for rank in range(1, len(words) + 1)))

    def pick(self, chance: random.Random) -> str:
        """One of them."""
        return chance.choices(self.words, cum_weights=self._weights)[0]


CULTURES = (
    Culture(
        share=22,
        given="""James Mary Michael Patricia Robert Jennifer John Linda David Elizabeth William Barbara
            Richard Susan Joseph Jessica Thomas Karen Christopher Sarah Charles Lisa Daniel Nancy Matthew
            Sandra Anthony Ashley Mark Emily Steven Kimberly Donald Margaret Andrew Donna Joshua Michelle
            Paul Carol Kenneth Amanda Kevin Melissa Brian Deborah Timothy Stephanie Ronald Rebecca Jason
            Laura George Helen Edward Sharon Jeffrey Cynthia Ryan Kathleen Jacob Amy Nicholas Angela Gary
            Shirley Eric Brenda Jonathan Emma Stephen Anna Larry Pamela Justin Nicole Scott Ruth Brandon
            Katherine Benjamin Samantha Samuel Christine Gregory Olivia Grace Hank Imogen Freya Callum
            Rhys Siobhan Niamh Ewan Isla Poppy Alfie""",
        family="""Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Thomas Jackson
            White Harris Martin Thompson Robinson Clark Lewis Lee Walker Hall Allen Young King Wright Scott
            Green Baker Adams Nelson Hill Campbell Mitchell Roberts Carter Phillips Evans Turner Parker
            Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper Reed Bailey Bell Kelly Howard
            Ward Cox Richardson Wood Watson Brooks Bennett Gray Hughes Price Myers Long Foster Sanders Ross
            Powell Sullivan Russell Jenkins Perry Fisher Henderson Coleman Patterson Graham Reynolds
            Hamilton Griffin Wallace West Cole Hayes Bryant Gibson Ellis Marshall Owens MacDonald O'Connor
            O'Brien Fitzgerald Davies""",
        stems="""Ash Black Brad Brook Burn Bux Can Charl Clay Cran Dal Dray East El Fair Fen Glad Hal Hart
            Hather Hazel Hol Kings Lang Lin Mar Mel Nor Oak Pem Pres Rad Red Rock Shel Stan Sut Thorn Wake
            Wal Whit Win Wood Yar""",
        ends="""ton ley field ford well wood ham by worth bury croft stone more land combe thorpe wick den
            bridge shaw""",
        twice=0.02,
    ),
    Culture(
        share=10,
        given="""Maria João Ana José António Francisco Manuel Carlos Luís Pedro Paulo Inês Catarina Rita
            Mariana Beatriz Tiago Miguel Rui Nuno Joana Sofia Marta Teresa Cristina Filipa Diogo Gonçalo
            Bruno Ricardo Fernando Jorge Helena Isabel Margarida Leonor Carolina Patrícia Sandra Sónia
            Vera Lúcia Fátima Conceição Rosa Gabriel Rafael Mateus Lucas Thiago Felipe Gustavo Juliana
            Camila Larissa Letícia Fernanda Adriana Vinícius Caio Otávio Bárbara Débora Simone Benedita
            Estêvão Graça Lourenço Xavier Zita""",
        family="""Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Jesus Sousa Fernandes
            Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia
            Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Raposo Neves Coelho Cruz Cunha Pires Ramos
            Reis Simões Antunes Matos Fonseca Machado Araújo Barbosa Tavares Lourenço Castro Figueiredo
            Azevedo Freitas Magalhães Henriques Lima Guerreiro Batista Pinheiro Faria Miranda Barros
            Morais Nogueira Esteves Anjos Baptista Campos Mota Andrade Brito Sá Nascimento Leite Abreu
            Borges Melo Vaz Dias Moura Queirós Salgado""",
        stems="""Alm Avel Barr Belm Bern Cab Camp Carr Cast Cord Cout Dom Estr Falc Feij Figu Gal Gam Guim
            Juli Lag Macie Mal Men Mour Negr Oliv Par Pedr Pen Quint Ramalh Rib Sald Serr Sobr Tour Val
            Vasc Vil""",
        ends="eira eiro ão osa inho ares edo ado ais elos anha engo ola al",
        twice=0.35,
    ),
    Culture(
        share=8,
        given="""Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günter Stefan Christian Maria Ursula
            Monika Petra Elisabeth Sabine Renate Helga Karin Brigitte Markus Martin Frank Uwe Bernd
            Sebastian Jan Tobias Florian Felix Jonas Lukas Leon Hannah Lena Lea Marie Sophie Katharina Julia
            Johanna Anja Heike Birgit Gisela Ingrid Jörg Björn Kai Dirk Holger Matthias Tim Moritz Anton
            Emil Oskar Greta Frieda Mathilda Käthe Jutta Annika Svenja Nils Lars Torben Götz Veit Ulrike
            Friederike Xaver Zoë""",
        family="""Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch
            Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange
            Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer
            Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller
            Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig
            Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich
            Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Pohl Engel Horn Busch Bergmann Thomas Voigt
            Sauer Arnold Wolff Pfeiffer""",
        stems="""Acker Alten Aschen Bach Berg Birken Blumen Brücken Buchen Dorn Eber Eich Eisen Falken Feld
            Frei Gold Grün Hagen Hasel Hirsch Hohen Kirch Kloster Kupfer Linden Lauter Löwen Morgen Mühl
            Nieder Ober Ost Rosen Sand Schön Silber Stein Tannen Wald Weiden Wester Wiesen""",
        ends="mann bauer hof berg feld bach müller meyer stein thal huber egger hausen brandt schmidt kamp",
    ),
    Culture(
        share=7,
        given="""Jean Marie Philippe Michel Alain Patrick Nathalie Isabelle Sylvie Catherine Pierre Nicolas
            Christophe Laurent Frédéric Stéphane David Sébastien Julien Olivier Thomas Alexandre Camille
            Léa Chloé Manon Emma Inès Jade Louise Hugo Lucas Théo Nathan Enzo Louis Gabriel Arthur Jules
            Émilie Céline Aurélie Élodie Amélie Virginie Sandrine Véronique Valérie Hélène Françoise
            Jacqueline Monique Gaëlle Anaïs Noémie Margaux Clémence Rémi Jérôme François Benoît Guillaume
            Maxime Antoine Quentin Loïc Yann Solène Maëlys Éloïse Zoé""",
        family="""Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel
            Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine
            Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier
            François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu
            Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard
            Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt
            Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier
            Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte""",
        stems="""Alb Beau Bell Bois Bouch Boul Bourd Brouss Cast Chab Champ Chass Clav Cour Delav Desch Fav
            Font Font Fourn Gail Gran Guil Lab Lam Lan Lav Mal Marc Mont Morin Pel Per Pich Rav Rob Sauv
            Tess Val Vign""",
        ends="ier ard eau et on ois ac elle ière in aud ain ot illon euil",
        twice=0.03,
    ),
    Culture(
        share=9,
        given="""Antonio María José Carmen Manuel Ana Francisco Isabel Juan Dolores David Laura Javier
            Cristina Daniel Marta Carlos Lucía Alejandro Elena Miguel Paula Rafael Raquel Pedro Sara Ángel
            Pilar
            Pablo Mercedes Sergio Beatriz Fernando Rosario Jorge Silvia Luis Teresa Alberto Julia Álvaro
            Irene Diego Andrea Adrián Patricia Raúl Rocío Iván Mónica Rubén Sonia Óscar Inés Víctor Nuria
            Ramón Alba Andrés Sofía Guadalupe Ximena Valentina Camila Santiago Mateo Sebastián Nicolás
            Joaquín Emilio Ignacio Martín Gonzalo Esteban Orlando Itzel Citlali Mauricio Rodrigo""",
        family="""García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez
            Hernández Ruiz Díaz Moreno Muñoz Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez
            Ramos Vázquez Ramírez Gil Serrano Molina Blanco Morales Suárez Ortega Delgado Castro Ortiz
            Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano
            Prieto Méndez Cruz Calvo Gallego Herrera Márquez León Vidal Peña Flores Cabrera Campos Vega
            Fuentes Carrasco Diez Reyes Caballero Nieto Aguilar Pascual Santana Herrero Montero Lorenzo
            Hidalgo Giménez Ibáñez Ferrer Durán Santiago Benítez Vargas Mora Vicente Arias Carmona Crespo
            Quintero Zapata Ríos Salazar Escobar Cárdenas Rojas Contreras Guzmán Mejía""",
        stems="""Agu Alar Ald Arb Arr Barr Ben Berm Cald Carv Cerr Ech Esc Esp Gal Gar Goi Guev Iba Irib
            Iz Lar Liz Maldon Mont Mor Ol Ord Pal Pal Quir Rob Sal Sand Ur Val Vel Vil Zab Zub""",
        ends="ero illo eda ondo ete arro egui uru aga eta ado osa aldo ares ejo",
        twice=0.5,
    ),
    Culture(
        share=9,
        given="""Priya Rahul Amit Anjali Sanjay Pooja Vijay Neha Rajesh Sunita Anil Kavita Suresh Deepa Ravi
            Lakshmi Arun Divya Manoj Shreya Vikram Meera Ashok Ananya Rohan Swati Karthik Nisha Arjun Ritu
            Aditya Preeti Nikhil Sneha Siddharth Aishwarya Varun Rekha Gaurav Geeta Harish Padma Dinesh
            Radhika Mohan Lata Ganesh Indira Krishna Uma Ramesh Usha Prakash Nandini Vivek Tara Ajay Jaya
            Abhishek Isha Kiran Sarika Naveen Tanvi Pranav Aarav Vihaan Diya Saanvi Ishaan Zoya Farhan
            Imran Ayesha Salman Nadia Fatima Bilal Tariq Sana""",
        family="""Kumar Singh Sharma Patel Khan Gupta Reddy Das Shah Verma Yadav Jain Mishra Nair Rao Iyer
            Mehta Joshi Agarwal Chowdhury Ahmed Ali Banerjee Mukherjee Chatterjee Ghosh Roy Sen Bose Dutta
            Desai Kulkarni Patil Pillai Menon Krishnan Subramanian Raman Narayan Srinivasan Venkatesh
            Rajan Raghunathan Naidu Pandey Tiwari Dubey Trivedi Bhatt Parekh Gandhi Kapoor Malhotra Chopra
            Khanna Bhatia Sethi Arora Grover Saxena Srivastava Sinha Prasad Thakur Chauhan Rathore Kaur
            Gill Sidhu Dhillon Grewal Sandhu Hussain Rahman Siddiqui Qureshi Malik Butt Perera Fernando
            Silva Jayawardena Thapa Gurung Tamang""",
        stems="""Achar Bala Bhag Chandra Dev Dhana Gopala Hari Jaga Janaki Kal Kama Kesava Kripa Lok Madha
            Maha Mani Muru Naga Nanda Pala Para Param Rama Ranga Sada Sam Sanka Satya Shiva Sri Sunda
            Tej Uma Vara Vasu Vidya Visha Yoga""",
        ends="n krishnan nathan swamy raj murthy murti puram kar wala shetty lingam samy deva charya",
    ),
    Culture(
        share=9,
        given="""Wei Fang Min Jing Lei Yan Li Na Jun Xiuying Yong Juan Ming Jie Qiang Ping Tao Hong Chao Mei
            Bo Hui Peng Xia Hao Ying Xin Lin Yu Hua Jian Dan Bin Xue Kai Ting Feng Yun Gang Qin Zhen Lan
            Xiaoming Xiaoyan Zihan Yuxuan Haoran Ziyi Yichen Mengjie Siyu Jiaqi Ruoxi Yifan Chenxi Zhihao
            Tianyu Weijie Lingling Xiaohong Guoqiang Jianguo Yulan Shufen Meiling Kwok Siu Ka Wing Chi
            Vanessa Jasmine Kelvin Winnie""",
        family="""Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng
            Liang Xie Song Tang Xu Han Feng Deng Cao Peng Zeng Xiao Tian Dong Yuan Pan Yu Jiang Cai Du Ye
            Cheng Su Wei Lu Ding Ren Shen Yao Jiang Cui Zhong Tan Lu Wang Fan Jin Shi Liao Jia Xia Wei Fu
            Fang Bai Zou Meng Xiong Qin Qiu Jiang Yin Xue Yan Duan Lei Hou Long Shi Tao Li He Gu Mao Hao
            Gong Shao Wan Qian Chan Wong Cheung Leung Kwan Ng Lam""",
        stems="Ou Si Shang Zhu Huang Gong Mu Xia Xian Ling Dong Nan Bei Xi Tuo Yu Chang Duan Wen Ai",
        ends="yang ma guan ge fu sun rong hou yu hu fang gong men tian",
        family_first=0.35,
        native="伟 芳 敏 静 磊 艳 丽 娜 军 秀英 勇 娟 明 杰 强 平 涛 红 超 梅 博 慧 鹏 霞 浩 颖 鑫 琳",
    ),
    Culture(
        share=5,
        given="""Hiroshi Yuki Kenji Yoko Takashi Keiko Akira Yumi Kazuo Emi Haruto Sakura Sota Yui Ren Aoi
            Daiki Hina Kaito Mei Riku Rin Takumi Mio Tsubasa Misaki Shota Nanami Kenta Ayaka Ryo Haruka Naoki
            Mai
            Satoshi Tomoko Makoto Noriko Shinji Akiko Min-jun Seo-yeon Ji-ho Ha-eun Do-yun Ji-woo Sung-min
            Hye-jin Young-ho Eun-ji Jae-hyun Soo-jin""",
        family="""Satō Suzuki Takahashi Tanaka Itō Watanabe Yamamoto Nakamura Kobayashi Katō Yoshida Yamada
            Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Saitō Kim Lee Park Choi Jung Kang Cho
            Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Yoo Hong Mori Abe Ikeda Hashimoto Ishikawa
            Yamazaki Ogawa Maeda Fujita Okada Gotō Hasegawa Murakami Kondō Ishii Sakamoto Endō Aoki Fujii
            Nishimura Fukuda Ōta Miura Okamoto Matsuda Nakajima Nakagawa Harada Ono Tamura""",
        stems="""Aki Asa Fuji Fuka Furu Hama Hara Hira Ike Ima Ishi Iwa Kawa Kita Kuro Kuri Matsu Mina Miya
            Mizu Mori Mura Naga Naka Nishi Oka Ōta Saka Sato Shima Shira Suga Taka Take Tera Toku Ue Yama
            Yoko Yone""",
        ends="da mura moto yama kawa shita saki no hara zawa guchi ta bayashi ne",
        family_first=0.2,
        native="宏 由紀 健二 陽子 隆 恵子 明 由美 大翔 さくら 蓮 葵 翔太 七海 민준 서연 지호 하은",
    ),
    Culture(
        share=7,
        given="""Anna Jan Katarzyna Piotr Maria Krzysztof Małgorzata Andrzej Agnieszka Tomasz Barbara Paweł
            Ewa Michał Krystyna Marcin Magdalena Jakub Elżbieta Adam Joanna Łukasz Aleksandra Mateusz Zofia
            Wojciech Monika Mariusz Teresa Dariusz Natalia Zbigniew Kateřina Jiří Petr Jana Pavel Eva
            Tomáš Lenka Lukáš Hana Martin Oleksandr Olena Serhiy Iryna Dmytro Natalia Andriy Oksana Volodymyr
            Tetiana Ivan Yulia Mykola Bohdan Svitlana Taras Marija Ivana Nikola Jelena Marko Luka Dragan
            Vesna Zoran Milan Jovana Żaneta Świętosława""",
        family="""Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak
            Dąbrowski Kozłowski Mazur Jankowski Kwiatkowski Wojciechowski Krawczyk Kaczmarek Piotrowski
            Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski
            Olszewski Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Marek Pospíšil
            Hájek Král Jelínek Růžička Beneš Fiala Sedláček Doležal Melnyk Shevchenko Kovalenko Bondarenko
            Boyko Tkachenko Kravchenko Oliynyk Shevchuk Koval Polishchuk Bondar Tkachuk Moroz Marchenko
            Lysenko Rudenko Savchenko Petrenko Hrytsenko Horvat Kovačević Babić Marić Jurić Novaković
            Petrović Jovanović Nikolić Đorđević""",
        stems="""Bar Bial Brzez Buk Chmiel Dąb Dobr Gór Grab Jarz Jasi Jawor Kalin Karp Klim Kos Kra Kryn
            Lis Lub Makow Mal Młyn Mur Niedz Orl Ostr Pias Pod Raj Rud Sad Sikor Soko Sos Star Stan Topol
            Tur Wil Wit Wys Zabł Zar Żur""",
        ends="owski iński ewski icki enko chuk ović ek czyk niak ák ka ski yk",
    ),
    Culture(
        share=5,
        given="""Erik Anna Lars Karin Karl Maria Anders Kristina Per Eva Johan Emma Nils Sara Jan Lena Mikael
            Ingrid Sven Astrid Olav Kari Bjørn Liv Håkon Sigrid Magnus Solveig Jens Mette Søren Lone Niels
            Hanne Mikkel Camilla Frederik Freja Juhani Tuomas Matti Aino Helmi Eero Kaisa Ville Sanna Jukka
            Päivi Antti Tiina Ólafur Guðrún Jón Sigríður Elsa Ebba Maja Alva Viggo Åsa Örjan Ylva""",
        family="""Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson
            Pettersson Jonsson Jansson Hansson Bengtsson Jensen Nielsen Hansen Pedersen Andersen Christensen
            Larsen Sørensen Rasmussen Jørgensen Olsen Berg Haugen Hagen Johannessen Korhonen Virtanen
            Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Lehtinen Lindberg
            Lindström Lindqvist Lindgren Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin
            Engström Eklund Danielsson Lundin Håkansson Björk Bergman Gunnarsson Holm Wikström Isaksson
            Fransson Bergström Nyström Holmberg Arvidsson Löfgren Söderberg Nyberg Blomqvist Claesson""",
        stems="""Ahl Alm Berg Björk Blom Bond Dahl Ek Eng Fors Grön Hag Hed Hell Holm Hög Kall Kjell Kvist
            Lager Lil Lind Ljung Lund Löf Malm Mo Myr Nord Ny Rosen Sand Sjö Sten Ström Sund Söder Ves Wall
            Öst""",
        ends="ström berg qvist lund gren dal mark man blad stad vik sen nen heim fors",
    ),
    Culture(
        share=6,
        given="""Mohammed Fatima Ahmed Aisha Ali Maryam Omar Zainab Hassan Khadija Hussein Amina Ibrahim Layla
            Yusuf Noor Khalid Sara Mustafa Huda Abdullah Salma Karim Rania Tariq Dina Samir Mona Nabil Hala
            Rashid Samira Faisal Leila Hamza Yasmin Walid Nadia Bilal Farah Jamal Lina Amir Soraya Reza
            Shirin Hossein Parisa Mehdi Nasrin Mehmet Ayşe Mustafa Emine Murat Zeynep Emre Elif Can Defne
            Çağla Özge Şule Gökhan Tolga Noa Itai Yael Eitan Tamar Avi Shira""",
        family="""Khan Ali Hassan Ahmed Ibrahim Mohamed Hussein Saleh Mahmoud Abdullah Haddad Khoury Nasser
            Mansour Rahman Saeed Farah Najjar Sayegh Bakr Hamdan Qasim Aziz Younis Shaheen Darwish Nassar
            Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan
            Çetin Kara Koç Kurt Özkan Şimşek Hosseini Mohammadi Ahmadi Karimi Rahimi Moradi Jafari Rezaei
            Cohen Levi Mizrahi Peretz Biton Friedman Katz Azoulay Benali Cherif Boudiaf Mansouri Bennani
            Alaoui Tazi Idrissi""",
        stems="""Abd Al Amr Ans Ash Bak Bar Dar Fad Far Gha Had Ham Har Kab Kar Kha Mah Mal Mar Nab Nas Qad
            Rah Ram Sab Sal Sham Shar Sul Tab Tal Wah Yas Zah Zam""",
        ends="ani awi i oun iri our eddine allah adi ouri azar oğlu zade",
    ),
    Culture(
        share=3,
        given="""Chinedu Ngozi Emeka Chioma Oluwaseun Folake Tunde Amara Ifeanyi Adaeze Babatunde Yetunde
            Kwame Akosua Kofi Ama Kwabena Abena Yaw Efua Juma Amina Baraka Wanjiru Kamau Njeri Otieno Achieng
            Thabo Nomsa Sipho Thandi Lerato Mandla Zanele Abebe Tigist Dawit Hana Yonas Selam Mamadou Fatou
            Ousmane Aminata Moussa Awa Ibrahima Mariama""",
        family="""Okafor Okonkwo Eze Nwosu Adeyemi Balogun Ogunleye Adebayo Okoro Obi Mensah Owusu Boateng
            Asante Appiah Agyeman Osei Mwangi Otieno Ochieng Kamau Wanjiku Njoroge Kariuki Mutua Dlamini
            Nkosi Ndlovu Khumalo Mokoena Sithole Zulu Naidoo Tesfaye Bekele Haile Girma Diallo Traoré
            Coulibaly Keïta Touré Cissé Diop Ndiaye Sow Ba Fall Kone""",
        stems="Abi Ade Afo Aki Anya Ayo Chi Chuk Ene Fasa Ife Iro Ke Kwe Mba Mwa Ndu Nja Nwa Oba Oke Olu Omo",
        ends="dele yemi tunde wale kwu ma nda chi ngwa tola funmi biyi mba ngo ra",
    ),
)
"""Together the shares make a hundred."""
