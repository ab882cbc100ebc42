<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_PT" sourcelanguage="en">
<context>
    <name>Officer</name>
    <message>
        <source>Ready for the next traveller</source>
        <translation>Pronto para o próximo viajante</translation>
    </message>
    <message>
        <source>Waiting for one more code</source>
        <translation>À espera de mais um código</translation>
    </message>
    <message>
        <source>Admitted, asking the gate</source>
        <translation>Admitido, a pedir à cancela</translation>
    </message>
    <message>
        <source>The traveller is passing</source>
        <translation>O viajante está a passar</translation>
    </message>
    <message>
        <source>A traveller waits for your decision</source>
        <translation>Um viajante espera a sua decisão</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusado</translation>
    </message>
    <message>
        <source>Sent to the desk</source>
        <translation>Enviado ao balcão</translation>
    </message>
    <message>
        <source>Admitted, but the gate stayed shut: open by hand</source>
        <translation>Admitido, mas a cancela não abriu: abra à mão</translation>
    </message>
    <message>
        <source>Lane held</source>
        <translation>Via suspensa</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>Fora de serviço</translation>
    </message>
    <message>
        <source>Fire alarm: send everybody out</source>
        <translation>Alarme de incêndio: mande sair todos</translation>
    </message>
    <message>
        <source>ADMIT</source>
        <translation>ADMITIR</translation>
    </message>
    <message>
        <source>REFER</source>
        <translation>ENCAMINHAR</translation>
    </message>
    <message>
        <source>REFUSE</source>
        <translation>RECUSAR</translation>
    </message>
    <message>
        <source>Health code</source>
        <translation>Código de saúde</translation>
    </message>
    <message>
        <source>Customs declaration</source>
        <translation>Declaração alfandegária</translation>
    </message>
    <message>
        <source>Itinerary card</source>
        <translation>Cartão de itinerário</translation>
    </message>
    <message>
        <source>Vaccination certificate</source>
        <translation>Certificado de vacinação</translation>
    </message>
    <message>
        <source>Test certificate</source>
        <translation>Certificado de teste</translation>
    </message>
    <message>
        <source>Recovery certificate</source>
        <translation>Certificado de recuperação</translation>
    </message>
    <message>
        <source>Exemption</source>
        <translation>Isenção</translation>
    </message>
    <message>
        <source>International vaccination certificate</source>
        <translation>Certificado internacional de vacinação</translation>
    </message>
    <message>
        <source>Light certificate</source>
        <translation>Certificado simplificado</translation>
    </message>
    <message>
        <source>green</source>
        <translation>verde</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>amarelo</translation>
    </message>
    <message>
        <source>red</source>
        <translation>vermelho</translation>
    </message>
    <message>
        <source>to the mainland</source>
        <translation>para o continente</translation>
    </message>
    <message>
        <source>to Hong Kong</source>
        <translation>para Hong Kong</translation>
    </message>
    <message>
        <source>to Macao</source>
        <translation>para Macau</translation>
    </message>
    <message>
        <source>any direction</source>
        <translation>qualquer direção</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>passou</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>ninguém passou</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>passaram dois</translation>
    </message>
    <message>
        <source>passage unknown</source>
        <translation>passagem desconhecida</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>ligada</translation>
    </message>
    <message>
        <source>being tried</source>
        <translation>em teste</translation>
    </message>
    <message>
        <source>answers badly</source>
        <translation>responde mal</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>sem ligação</translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation>Lista de confiança</translation>
    </message>
    <message>
        <source>From the station</source>
        <translation>Da estação</translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation>Lista de revogação</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Regras</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>Admitir</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Recusar</translation>
    </message>
    <message>
        <source>Send to the desk</source>
        <translation>Enviar ao balcão</translation>
    </message>
    <message>
        <source>Release the gate once</source>
        <translation>Abrir a cancela uma vez</translation>
    </message>
    <message>
        <source>Admit: for what reason?</source>
        <translation>Admitir: por que motivo?</translation>
    </message>
    <message>
        <source>Refuse: for what reason?</source>
        <translation>Recusar: por que motivo?</translation>
    </message>
    <message>
        <source>To the desk: for what reason?</source>
        <translation>Ao balcão: por que motivo?</translation>
    </message>
    <message>
        <source>Release once: for what reason?</source>
        <translation>Abrir uma vez: por que motivo?</translation>
    </message>
    <message>
        <source>Admit now</source>
        <translation>Admitir agora</translation>
    </message>
    <message>
        <source>Refuse now</source>
        <translation>Recusar agora</translation>
    </message>
    <message>
        <source>Send to the desk now</source>
        <translation>Enviar ao balcão agora</translation>
    </message>
    <message>
        <source>Release now</source>
        <translation>Abrir agora</translation>
    </message>
    <message>
        <source>officer admitted</source>
        <translation>agente admitiu</translation>
    </message>
    <message>
        <source>officer refused</source>
        <translation>agente recusou</translation>
    </message>
    <message>
        <source>officer sent to the desk</source>
        <translation>agente enviou ao balcão</translation>
    </message>
    <message>
        <source>Two officers must admit this; send to the desk.</source>
        <translation>São precisos dois agentes para admitir; envie ao balcão.</translation>
    </message>
    <message>
        <source>The crossing is already over; the gate stays shut.</source>
        <translation>A passagem já terminou; a cancela fica fechada.</translation>
    </message>
    <message>
        <source>A specimen code never opens a gate.</source>
        <translation>Um código de amostra nunca abre a cancela.</translation>
    </message>
    <message>
        <source>The gate is not ready; open it by hand.</source>
        <translation>A cancela não está pronta; abra-a à mão.</translation>
    </message>
    <message>
        <source>Not possible just now.</source>
        <translation>Não é possível neste momento.</translation>
    </message>
    <message>
        <source>Wrong tries cannot be saved. Sign-in works; tell the technician.</source>
        <translation>Não é possível guardar as tentativas erradas. Pode entrar; avise o técnico.</translation>
    </message>
    <message>
        <source>Saved wrong tries were damaged. Everybody waits 15 seconds once; tell the technician.</source>
        <translation>O registo de tentativas erradas estava danificado. Todos esperam 15 segundos uma vez; avise o técnico.</translation>
    </message>
    <message>
        <source>Lost contact with the lane</source>
        <translation>Sem contacto com a via</translation>
    </message>
    <message>
        <source>Last heard of {seconds} s ago. Look at the lane yourself.</source>
        <translation>Último sinal há {seconds} s. Vá ver a via.</translation>
    </message>
    <message>
        <source>The lane has not reported yet.</source>
        <translation>A via ainda não deu sinal.</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Cancela</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Registos</translation>
    </message>
    <message>
        <source>all at the hub</source>
        <translation>todos na central</translation>
    </message>
    <message>
        <source>{count} not at the hub yet</source>
        <translation>{count} ainda não na central</translation>
    </message>
    <message>
        <source>none: every code is referred</source>
        <translation>nenhuma: todos os códigos são encaminhados</translation>
    </message>
    <message>
        <source>{age} min old</source>
        <translation>há {age} min</translation>
    </message>
    <message>
        <source>{age} h old</source>
        <translation>há {age} h</translation>
    </message>
    <message>
        <source>{age} days old</source>
        <translation>há {age} dias</translation>
    </message>
    <message>
        <source>{age}, ageing</source>
        <translation>{age}, a envelhecer</translation>
    </message>
    <message>
        <source>{age}, too old: codes are referred</source>
        <translation>{age}, velha demais: códigos encaminhados</translation>
    </message>
    <message>
        <source>Lane health</source>
        <translation>Estado da via</translation>
    </message>
    <message>
        <source>Last crossings</source>
        <translation>Últimas passagens</translation>
    </message>
    <message>
        <source>Hold the lane</source>
        <translation>Suspender a via</translation>
    </message>
    <message>
        <source>Let the lane go on</source>
        <translation>Retomar a via</translation>
    </message>
    <message>
        <source>Our verdict</source>
        <translation>O nosso veredicto</translation>
    </message>
    <message>
        <source>Reference {crossing}</source>
        <translation>Referência {crossing}</translation>
    </message>
    <message>
        <source>Goes to the desk by itself in {seconds} s</source>
        <translation>Vai ao balcão por si em {seconds} s</translation>
    </message>
    <message>
        <source>Do: {next}</source>
        <translation>Fazer: {next}</translation>
    </message>
    <message>
        <source>Not shown to the traveller. Speak about it in private.</source>
        <translation>Não é mostrado ao viajante. Fale em privado.</translation>
    </message>
    <message>
        <source>Nothing in this code could be proven. Trust none of it.</source>
        <translation>Nada neste código pôde ser provado. Não confie nele.</translation>
    </message>
    <message>
        <source>The signature proves nothing here: read it as a claim, not a fact.</source>
        <translation>A assinatura nada prova: leia como alegação, não como facto.</translation>
    </message>
    <message>
        <source>Issuer&apos;s colour: {colour}</source>
        <translation>Cor do emissor: {colour}</translation>
    </message>
    <message>
        <source>It claims to be {what}; nothing of that was verified.</source>
        <translation>Diz ser {what}; nada disso foi verificado.</translation>
    </message>
    <message>
        <source>a Hong Kong vaccination record</source>
        <translation>um registo de vacinação de Hong Kong</translation>
    </message>
    <message>
        <source>a link to an online health code</source>
        <translation>uma ligação para um código de saúde em linha</translation>
    </message>
    <message>
        <source>a certificate of a newer kind</source>
        <translation>um certificado de um tipo mais recente</translation>
    </message>
    <message>
        <source>SPECIMEN</source>
        <translation>AMOSTRA</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Emissor</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Emitido</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Válido até</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>Válido para</translation>
    </message>
    <message>
        <source>one crossing, {direction}</source>
        <translation>uma passagem, {direction}</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Declaração</translation>
    </message>
    <message>
        <source>dose {dose} of {of}</source>
        <translation>dose {dose} de {of}</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>negativo</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positivo</translation>
    </message>
    <message>
        <source>not in this code</source>
        <translation>não consta do código</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>Nada a decidir</translation>
    </message>
    <message>
        <source>Still missing: {kinds}</source>
        <translation>Ainda falta: {kinds}</translation>
    </message>
    <message>
        <source>Rule {rule}</source>
        <translation>Regra {rule}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>Número de serviço</translation>
    </message>
    <message>
        <source>PIN (six digits)</source>
        <translation>PIN (seis dígitos)</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Apagar</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>A verificar…</translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation>Número ou PIN errado.</translation>
    </message>
    <message>
        <source>Number or PIN is wrong. {left} more before you have to wait.</source>
        <translation>Número ou PIN errado. Mais {left} antes de ter de esperar.</translation>
    </message>
    <message>
        <source>Too many wrong tries. Try again in {seconds} s.</source>
        <translation>Demasiadas tentativas. Tente de novo em {seconds} s.</translation>
    </message>
    <message>
        <source>This PIN is locked. A supervisor gives you a new one.</source>
        <translation>Este PIN está bloqueado. O supervisor dá-lhe um novo.</translation>
    </message>
    <message>
        <source>Your entry in the roster has ended. Ask your supervisor.</source>
        <translation>A sua inscrição na lista terminou. Fale com o supervisor.</translation>
    </message>
    <message>
        <source>This lane has no roster; nobody can sign in. Tell the technician.</source>
        <translation>Esta via não tem lista de agentes; ninguém pode entrar. Avise o técnico.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Back to the traveller&apos;s screen</source>
        <translation>Voltar ao ecrã do viajante</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>DEMO: nada aqui é real</translation>
    </message>
</context>
<context>
    <name>Traveller</name>
    <message>
        <source>Show your health code</source>
        <translation>Mostre o código de saúde</translation>
    </message>
    <message>
        <source>No phone? Staffed lane</source>
        <translation>Sem telemóvel? Ao balcão</translation>
    </message>
    <message>
        <source>Reading – hold still</source>
        <translation>A ler – não mexa</translation>
    </message>
    <message>
        <source>This is not a health code</source>
        <translation>Não é um código de saúde</translation>
    </message>
    <message>
        <source>Please open your health code</source>
        <translation>Abra o código de saúde</translation>
    </message>
    <message>
        <source>Closer, please</source>
        <translation>Mais perto</translation>
    </message>
    <message>
        <source>A little farther away</source>
        <translation>Um pouco mais longe</translation>
    </message>
    <message>
        <source>Tilt it: the light is reflected</source>
        <translation>Incline: há reflexo</translation>
    </message>
    <message>
        <source>Make the phone brighter</source>
        <translation>Aumente o brilho</translation>
    </message>
    <message>
        <source>Hold still, please</source>
        <translation>Não mexa, por favor</translation>
    </message>
    <message>
        <source>Show the whole code</source>
        <translation>Mostre o código inteiro</translation>
    </message>
    <message>
        <source>About 15 cm from the camera</source>
        <translation>A cerca de 15 cm da câmara</translation>
    </message>
    <message>
        <source>This is a web link</source>
        <translation>É um endereço web</translation>
    </message>
    <message>
        <source>This is a payment code</source>
        <translation>É um código de pagamento</translation>
    </message>
    <message>
        <source>This is a boarding pass</source>
        <translation>É um cartão de embarque</translation>
    </message>
    <message>
        <source>Too bright: turn away</source>
        <translation>Luz a mais: vire um pouco</translation>
    </message>
    <message>
        <source>One more code</source>
        <translation>Mais um código</translation>
    </message>
    <message>
        <source>The first code is read</source>
        <translation>O primeiro código foi lido</translation>
    </message>
    <message>
        <source>Now show: health code</source>
        <translation>Mostre agora: código de saúde</translation>
    </message>
    <message>
        <source>Now show: customs declaration</source>
        <translation>Mostre agora: declaração alfandegária</translation>
    </message>
    <message>
        <source>Now show: itinerary code</source>
        <translation>Mostre agora: código de itinerário</translation>
    </message>
    <message>
        <source>Now show: vaccination record</source>
        <translation>Mostre agora: registo de vacinação</translation>
    </message>
    <message>
        <source>Now show: test result</source>
        <translation>Mostre agora: resultado do teste</translation>
    </message>
    <message>
        <source>Now show: recovery record</source>
        <translation>Mostre agora: registo de recuperação</translation>
    </message>
    <message>
        <source>Now show: exemption certificate</source>
        <translation>Mostre agora: certificado de isenção</translation>
    </message>
    <message>
        <source>Now show: international vaccination certificate</source>
        <translation>Mostre agora: certificado internacional de vacinação</translation>
    </message>
    <message>
        <source>Now show: light certificate</source>
        <translation>Mostre agora: certificado simplificado</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Um momento</translation>
    </message>
    <message>
        <source>The gate is about to open</source>
        <translation>A cancela vai abrir</translation>
    </message>
    <message>
        <source>Please pass</source>
        <translation>Pode passar</translation>
    </message>
    <message>
        <source>The gate is open</source>
        <translation>A cancela está aberta</translation>
    </message>
    <message>
        <source>Please wait for an officer</source>
        <translation>Aguarde um agente</translation>
    </message>
    <message>
        <source>An officer will look at this with you</source>
        <translation>Um agente vai ver isto consigo</translation>
    </message>
    <message>
        <source>Please stay where you are</source>
        <translation>Fique onde está</translation>
    </message>
    <message>
        <source>Have your document ready</source>
        <translation>Prepare o seu documento</translation>
    </message>
    <message>
        <source>Show the new code here</source>
        <translation>Mostre aqui o novo código</translation>
    </message>
    <message>
        <source>Show another code here</source>
        <translation>Mostre aqui outro código</translation>
    </message>
    <message>
        <source>Or ask at the desk</source>
        <translation>Ou pergunte ao balcão</translation>
    </message>
    <message>
        <source>An officer will open it for you</source>
        <translation>Um agente vai abrir a cancela</translation>
    </message>
    <message>
        <source>Use another lane or ask an officer</source>
        <translation>Use outro canal ou fale com um agente</translation>
    </message>
    <message>
        <source>DEMO – not real</source>
        <translation>DEMO – não é real</translation>
    </message>
    <message>
        <source>15 cm</source>
        <translation>15 cm</translation>
    </message>
    <message>
        <source>Please stop</source>
        <translation>Pare, por favor</translation>
    </message>
    <message>
        <source>Please step back from the gate</source>
        <translation>Afaste-se da cancela</translation>
    </message>
    <message>
        <source>Please go to the desk</source>
        <translation>Dirija-se ao balcão</translation>
    </message>
    <message>
        <source>The officers there will help you</source>
        <translation>Os agentes vão ajudar</translation>
    </message>
    <message>
        <source>The gate did not open</source>
        <translation>A cancela não abriu</translation>
    </message>
    <message>
        <source>Your code is accepted</source>
        <translation>O seu código foi aceite</translation>
    </message>
    <message>
        <source>Lane closed</source>
        <translation>Canal fechado</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>Fora de serviço</translation>
    </message>
    <message>
        <source>Please use another lane</source>
        <translation>Use outro canal</translation>
    </message>
    <message>
        <source>Leave now</source>
        <translation>Saia já</translation>
    </message>
    <message>
        <source>Follow the exit signs</source>
        <translation>Siga os sinais de saída</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Câmara</translation>
    </message>
    <message>
        <source>Code reader</source>
        <translation>Leitor de códigos</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Cancela</translation>
    </message>
    <message>
        <source>Record keeping</source>
        <translation>Registo</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Som</translation>
    </message>
    <message>
        <source>A part of this lane</source>
        <translation>Uma peça deste canal</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Canal</translation>
    </message>
</context>
</TS>
